//! The fields a list can fill, and the names lists give them.

use super::ListForm;
use super::text::narrow;
use crate::tier::{Measure, Unit as MeasureUnit};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    CustomerNo,
    Name,
    CustomerType,
    IdentityNo,
    Phone,
    Address,
    Industry,
    ManagerNo,
    Deposit,
    Wealth,
    Insurance,
    Fund,
    Loan,
    Birthday,
    OpenedOn,
    LastVisitedOn,
    Longitude,
    Latitude,
    Remark,
    /// Only in a list of figures, as all that follow.
    Month,
    MonthlySpend,
    ProductsHeld,
    /// Points of the value score (R048), as the four that follow.
    Usage,
    Profit,
    Steadiness,
    Credit,
    Potential,
}

impl Column {
    pub const ALL: [Self; 27] = [
        Self::CustomerNo,
        Self::Name,
        Self::CustomerType,
        Self::IdentityNo,
        Self::Phone,
        Self::Address,
        Self::Industry,
        Self::ManagerNo,
        Self::Deposit,
        Self::Wealth,
        Self::Insurance,
        Self::Fund,
        Self::Loan,
        Self::Birthday,
        Self::OpenedOn,
        Self::LastVisitedOn,
        Self::Longitude,
        Self::Latitude,
        Self::Remark,
        Self::Month,
        Self::MonthlySpend,
        Self::ProductsHeld,
        Self::Usage,
        Self::Profit,
        Self::Steadiness,
        Self::Credit,
        Self::Potential,
    ];

    const OF_CUSTOMERS: [Self; 19] = [
        Self::CustomerNo,
        Self::Name,
        Self::CustomerType,
        Self::IdentityNo,
        Self::Phone,
        Self::Address,
        Self::Industry,
        Self::ManagerNo,
        Self::Deposit,
        Self::Wealth,
        Self::Insurance,
        Self::Fund,
        Self::Loan,
        Self::Birthday,
        Self::OpenedOn,
        Self::LastVisitedOn,
        Self::Longitude,
        Self::Latitude,
        Self::Remark,
    ];
    const OF_FIGURES: [Self; 15] = [
        Self::CustomerNo,
        Self::Name,
        Self::Month,
        Self::Deposit,
        Self::Wealth,
        Self::Insurance,
        Self::Fund,
        Self::Loan,
        Self::MonthlySpend,
        Self::ProductsHeld,
        Self::Usage,
        Self::Profit,
        Self::Steadiness,
        Self::Credit,
        Self::Potential,
    ];

    /// The fields a list of this form can fill, in the order they are offered.
    pub fn of(form: ListForm) -> &'static [Self] {
        match form {
            ListForm::Customers => &Self::OF_CUSTOMERS,
            ListForm::Figures => &Self::OF_FIGURES,
        }
    }

    /// Without these a row is nobody's, or nobody.
    pub fn required(form: ListForm) -> &'static [Self] {
        match form {
            ListForm::Customers => &[Self::CustomerNo, Self::Name, Self::ManagerNo],
            ListForm::Figures => &[Self::CustomerNo],
        }
    }

    /// What a customer list says of money.
    pub const MONEY: [Self; 5] = [Self::Deposit, Self::Wealth, Self::Insurance, Self::Fund, Self::Loan];

    /// The figure kept by month.
    pub fn measure(self) -> Option<Measure> {
        match self {
            Self::Deposit => Some(Measure::Deposit),
            Self::Wealth => Some(Measure::Wealth),
            Self::Insurance => Some(Measure::Insurance),
            Self::Fund => Some(Measure::Fund),
            Self::Loan => Some(Measure::Loan),
            Self::MonthlySpend => Some(Measure::MonthlySpend),
            Self::ProductsHeld => Some(Measure::ProductsHeld),
            Self::Usage => Some(Measure::Usage),
            Self::Profit => Some(Measure::Profit),
            Self::Steadiness => Some(Measure::Steadiness),
            Self::Credit => Some(Measure::Credit),
            Self::Potential => Some(Measure::Potential),
            Self::CustomerNo
            | Self::Name
            | Self::CustomerType
            | Self::IdentityNo
            | Self::Phone
            | Self::Address
            | Self::Industry
            | Self::ManagerNo
            | Self::Birthday
            | Self::OpenedOn
            | Self::LastVisitedOn
            | Self::Longitude
            | Self::Latitude
            | Self::Remark
            | Self::Month => None,
        }
    }

    pub fn is_money(self) -> bool {
        self.measure().is_some_and(|measure| measure.unit() == MeasureUnit::Fen)
    }

    /// Points or pieces: figures without a unit of money.
    pub fn is_whole(self) -> bool {
        self.measure().is_some() && !self.is_money()
    }

    pub fn zh(self) -> &'static str {
        match self {
            Self::CustomerNo => "客户编号",
            Self::Name => "客户名称",
            Self::CustomerType => "客户类型",
            Self::IdentityNo => "证件号",
            Self::Phone => "手机",
            Self::Address => "地址",
            Self::Industry => "行业",
            Self::ManagerNo => "管户",
            Self::Deposit => "存款月日均",
            Self::Wealth => "理财月日均",
            Self::Insurance => "保险",
            Self::Fund => "基金",
            Self::Loan => "个人贷款余额",
            Self::Birthday => "生日",
            Self::OpenedOn => "开户日期",
            Self::LastVisitedOn => "最近走访日期",
            Self::Longitude => "经度",
            Self::Latitude => "纬度",
            Self::Remark => "备注",
            Self::Month => "月份",
            Self::MonthlySpend => "月消费",
            Self::ProductsHeld => "持有产品数",
            Self::Usage => "用电量",
            Self::Profit => "利润贡献率",
            Self::Steadiness => "负荷特性",
            Self::Credit => "信用",
            Self::Potential => "发展潜力",
        }
    }

    pub fn en(self) -> &'static str {
        match self {
            Self::CustomerNo => "Customer number",
            Self::Name => "Name",
            Self::CustomerType => "Customer type",
            Self::IdentityNo => "Identity number",
            Self::Phone => "Phone",
            Self::Address => "Address",
            Self::Industry => "Industry",
            Self::ManagerNo => "Manager",
            Self::Deposit => "Deposits, monthly average",
            Self::Wealth => "Wealth products, monthly average",
            Self::Insurance => "Insurance",
            Self::Fund => "Funds",
            Self::Loan => "Personal loan balance",
            Self::Birthday => "Birthday",
            Self::OpenedOn => "Account opened on",
            Self::LastVisitedOn => "Last visited on",
            Self::Longitude => "Longitude",
            Self::Latitude => "Latitude",
            Self::Remark => "Remark",
            Self::Month => "Month",
            Self::MonthlySpend => "Monthly spend",
            Self::ProductsHeld => "Products held",
            Self::Usage => "Power use",
            Self::Profit => "Profit contribution",
            Self::Steadiness => "Load steadiness",
            Self::Credit => "Credit",
            Self::Potential => "Growth potential",
        }
    }

    /// The column a header names, its unit and brackets already taken off.
    pub(super) fn named(header: &str) -> Option<Self> {
        let header = plain(header);
        SYNONYMS
            .iter()
            .find(|(_, names)| names.split(' ').any(|name| name == header))
            .map(|(column, _)| *column)
    }
}

/// Letters and digits alone, small: `Customer_No.` and `customer no` are one name.
pub(super) fn plain(header: &str) -> String {
    narrow(header).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Names lists give a column, in [`plain`] form. Words that could mean two columns (号码, 日期, 余额) are left to the
/// person.
const SYNONYMS: [(Column, &str); 27] = [
    (
        Column::CustomerNo,
        "客户编号 编号 客户号 客户号码 客户代码 客户编码 客户id 核心客户号 用户编号 用户号 户号 用电户号 商户编号 商户号 customerno customernumber customerid customercode custno custid clientno clientid clientnumber",
    ),
    (
        Column::Name,
        "客户名称 客户姓名 姓名 名称 户名 客户名 用户名称 用户姓名 单位名称 企业名称 公司名称 商户名称 客户全称 name customername clientname fullname companyname",
    ),
    (
        Column::CustomerType,
        "客户类型 客户类别 客户性质 客户种类 用户类型 类型 customertype customerkind clienttype type",
    ),
    (
        Column::IdentityNo,
        "证件号码 证件号 身份证号码 身份证号 身份证 证件编号 统一社会信用代码 社会信用代码 统一信用代码 identityno identitynumber idno idnumber idcard idcardno nationalid certificateno creditcode",
    ),
    (
        Column::Phone,
        "手机号 手机号码 手机 移动电话 联系电话 电话 电话号码 联系方式 联系手机 联系号码 phone phoneno phonenumber mobile mobileno mobilenumber mobilephone cellphone tel telephone contactnumber",
    ),
    (
        Column::Address,
        "联系地址 地址 通讯地址 通信地址 住址 家庭地址 家庭住址 经营地址 注册地址 单位地址 办公地址 用电地址 用水地址 详细地址 address contactaddress mailingaddress streetaddress",
    ),
    (Column::Industry, "行业 所属行业 行业类别 行业分类 行业类型 industry sector trade"),
    (
        Column::ManagerNo,
        "管户经理工号 客户经理工号 管户工号 经理工号 工号 管户 管户经理 管户人 管户人工号 管户员工号 客户经理编号 客户经理号 管户经理编号 员工号 员工工号 manager managerno managernumber managerid manageremployeeno accountmanager employeeno employeenumber employeeid staffno staffid owner",
    ),
    (
        Column::Deposit,
        "存款月日均 存款月日均余额 月日均存款 存款日均 日均存款 存款日均余额 存款余额 存款 deposit deposits depositaverage averagedeposit averagedeposits depositsmonthlyaverage monthlyaveragedeposit depositbalance",
    ),
    (
        Column::Wealth,
        "理财月日均 理财月日均余额 月日均理财 理财日均 日均理财 理财余额 理财金额 理财 wealth wealthproducts wealthproductsmonthlyaverage wealthmanagement wealthaverage averagewealth wealthbalance",
    ),
    (
        Column::Insurance,
        "保险 保险金额 保险余额 保险资产 保险保费 insurance insurancebalance insuranceamount",
    ),
    (Column::Fund, "基金 基金余额 基金金额 基金市值 基金资产 fund funds fundbalance fundamount"),
    (
        Column::Loan,
        "个人贷款余额 贷款余额 个贷余额 个人贷款 个贷 贷款 贷款金额 loan loans loanbalance personalloan personalloanbalance loanamount",
    ),
    (Column::Birthday, "生日 出生日期 出生年月日 出生日 客户生日 birthday birthdate dateofbirth dob born"),
    (
        Column::OpenedOn,
        "开户日期 开户日 开户时间 建档日期 openedon opened opendate openingdate accountopenedon accountopened dateopened",
    ),
    (
        Column::LastVisitedOn,
        "最近走访日期 最近走访 上次走访日期 上次走访 最后走访日期 最近一次走访日期 最近拜访日期 上次拜访日期 最近走访时间 lastvisitedon lastvisited lastvisit lastvisitdate datelastvisited",
    ),
    (Column::Longitude, "经度 longitude lng lon long"),
    (Column::Latitude, "纬度 latitude lat"),
    (Column::Remark, "备注 备注信息 备注说明 说明 remark remarks note notes comment comments memo"),
    (
        Column::Month,
        "月份 账期 统计月 统计月份 统计年月 数据月 数据月份 所属月 所属月份 账务月 年月 统计日期 数据日期 month yearmonth period datamonth statmonth billingmonth",
    ),
    (
        Column::MonthlySpend,
        "月消费 月消费额 月消费金额 当月消费 月均消费 消费金额 monthlyspend monthlyspending spend spending",
    ),
    (
        Column::ProductsHeld,
        "持有产品数 持有产品数量 产品持有数 产品数 产品数量 持有产品个数 productsheld products productcount",
    ),
    (Column::Usage, "用电量 用电量得分 用电量评分 用电量分值 poweruse usage usagepoints"),
    (
        Column::Profit,
        "利润贡献率 利润贡献率得分 利润贡献率评分 利润贡献率分值 利润贡献 profitcontribution profit profitpoints",
    ),
    (
        Column::Steadiness,
        "负荷特性 负荷特性得分 负荷特性评分 负荷特性分值 loadsteadiness steadiness steadinesspoints",
    ),
    (Column::Credit, "信用 信用得分 信用评分 信用分 信用分值 credit creditpoints creditscore"),
    (
        Column::Potential,
        "发展潜力 发展潜力得分 发展潜力评分 发展潜力分值 潜力 growthpotential potential potentialpoints",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_synonym_is_plain_and_names_one_column() {
        let mut seen = std::collections::BTreeMap::new();
        for (column, names) in SYNONYMS {
            for name in names.split(' ') {
                assert_eq!(plain(name), name, "{name} can never match");
                assert_eq!(seen.insert(name, column), None, "{name} names two columns");
            }
        }
        assert!(Column::ALL.iter().all(|column| seen.values().any(|named| named == column)));
    }

    #[test]
    fn a_column_is_found_by_its_own_names() {
        for column in Column::ALL {
            assert_eq!(Column::named(column.zh()), Some(column));
            assert_eq!(Column::named(column.en()), Some(column));
        }
        assert_eq!(Column::named("原因"), None);
        assert_eq!(Column::named(""), None);
    }

    #[test]
    fn every_column_belongs_to_a_form_and_every_measure_has_a_column() {
        let of = |form| Column::of(form).iter().copied();
        let all: std::collections::BTreeSet<Column> =
            of(ListForm::Customers).chain(of(ListForm::Figures)).collect();
        assert_eq!(all, Column::ALL.into_iter().collect());
        let measures: Vec<Measure> = of(ListForm::Figures).filter_map(Column::measure).collect();
        assert_eq!(measures, Measure::ALL);
        assert!(Column::MONEY.iter().all(|column| column.is_money() && !column.is_whole()));
    }
}
