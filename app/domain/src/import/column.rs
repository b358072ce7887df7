//! The fields a list can fill, and the names lists give them.

use super::text::narrow;
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
}

impl Column {
    pub const ALL: [Self; 19] = [
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

    /// Without these a row is nobody's, or nobody.
    pub const REQUIRED: [Self; 3] = [Self::CustomerNo, Self::Name, Self::ManagerNo];
    pub const MONEY: [Self; 5] = [Self::Deposit, Self::Wealth, Self::Insurance, Self::Fund, Self::Loan];

    pub fn is_money(self) -> bool {
        Self::MONEY.contains(&self)
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
const SYNONYMS: [(Column, &str); 19] = [
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
}
