//! Figures by month, from a file to the tablets' rows.

use crate::branch::{Branch, Tablet};
use crate::imports::{preview, run, upload};
use axum::http::{Method, StatusCode};
use domain::api::{Import, ImportCounts, ImportMapping, ImportMonth, ImportRows, ImportState, path};
use domain::customer::Customer;
use domain::figures::Figures;
use domain::import::{Column, ListForm, Reason};
use domain::money::Fen;
use domain::month::Month;
use domain::tier::{Measure, Measures};
use rust_xlsxwriter::Workbook;
use server::clock;
use std::collections::BTreeMap;

const NEW_CUSTOMERS: &str = "客户编号,客户名称,管户经理工号,存款月日均\n\
    N1,甲公司,1001,100\nN2,乙公司,1001,\nN3,丙公司,1001,\nN4,丁公司,1002,\n";

fn this_month() -> Month {
    Month::of(clock::now().date())
}

fn gb18030(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, row) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(*row) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write(at, column, number).unwrap(),
                Err(_) => sheet.write(at, column, *cell).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

async fn take(branch: &Branch, desk: &Tablet, bytes: &[u8]) -> Import {
    let import: Import = upload(branch, desk, "list", bytes).await.json();
    let done = run(desk, &import).await;
    assert_eq!(done.state, ImportState::Done);
    done
}

fn counts(import: &Import) -> ImportCounts {
    import.result.as_ref().unwrap().counts
}

async fn without(branch: &Branch, month: Month) -> u32 {
    let count: i64 = sqlx::query_scalar(
        "select count(*) from customer where not exists
             (select 1 from figures where customer_id = customer.id and month = $1)",
    )
    .bind(month.first_day())
    .fetch_one(&branch.pool)
    .await
    .unwrap();
    u32::try_from(count).unwrap()
}

/// A tablet's figures of one customer by month, and the customer.
async fn pulled(tablet: &mut Tablet, customer_no: &str) -> (Customer, BTreeMap<Month, Figures>) {
    tablet.pull(5_000).await;
    let customer = tablet.all::<Customer>().find(|row| row.customer_no == customer_no).unwrap().clone();
    let figures = tablet.all::<Figures>().filter(|row| row.customer_id == customer.id);
    let by_month = figures.map(|row| (Month::of(row.as_of), row.clone())).collect();
    (customer, by_month)
}

#[tokio::test]
async fn figures_come_in_by_month_and_the_same_list_again_changes_nothing() {
    let branch = Branch::open().await;
    let desk = branch.sign_in("3001").await;
    let mut tablet = branch.sign_in("1001").await;
    take(&branch, &desk, NEW_CUSTOMERS.as_bytes()).await;
    let today = clock::now().date();
    let (_, of_list) = pulled(&mut tablet, "N1").await;
    let own = &of_list[&this_month()];
    assert_eq!((own.as_of, &own.values), (today, &Measures::from_iter([(Measure::Deposit, 10_000)])));
    assert!(pulled(&mut tablet, "N2").await.1.is_empty(), "a list without amounts tells of no month");

    let (last, future) = (this_month().prev(), this_month().next());
    let list = gb18030(&format!(
        "客户号,客户姓名,账期,存款月日均(万元),个人贷款余额,持有产品数,信用\n\
         N1,甲公司,{last},3,,2,\n\
         N2,,{},(1.5),10,,85\n\
         N4,丁*司,{},1,,,\n\
         X9,,{last},1,,,\n\
         N3,,{future},1,,,\n\
         N3,,{last},1,,,101\n\
         N3,甲公司,{last},1,,,\n",
        last.last_day(),
        last.first_day().format("%Y年%-m月"),
    ));
    let import: Import = upload(&branch, &desk, "月度.csv", &list).await.json();
    assert_eq!((import.form, import.month), (ListForm::Figures, None));
    let seen = preview(&desk, &import).await;
    let expected =
        ImportCounts { new: 3, refused: 4, missing: seen.counts.missing, ..ImportCounts::default() };
    assert_eq!(seen.counts, expected);
    assert_eq!(seen.months, [ImportMonth { month: last, rows: 3, missing: seen.counts.missing }]);
    let reasons: Vec<Reason> = seen.by_reason.iter().map(|one| one.reason).collect();
    assert_eq!(
        reasons,
        [Reason::CustomerUnknown, Reason::NameDiffers, Reason::MonthFuture, Reason::PointsInvalid]
    );
    assert_eq!(without(&branch, last).await, seen.counts.missing + 3, "nothing is written by looking");
    let done = run(&desk, &import).await;
    assert_eq!((done.state, done.done, counts(&done)), (ImportState::Done, 7, seen.counts));
    assert_eq!(without(&branch, last).await, seen.counts.missing);

    let (second, months) = pulled(&mut tablet, "N2").await;
    let figures = &months[&last];
    assert_eq!(figures.as_of, last.last_day());
    let told = [(Measure::Deposit, -1_500_000), (Measure::Loan, 1_000), (Measure::Credit, 85)];
    assert_eq!(figures.values, Measures::from_iter(told));
    assert_eq!((second.holdings.deposit, second.holdings.loan), (Fen(-1_500_000), Fen(1_000)));
    assert_eq!(second.holdings.as_of, Some(last.last_day()));
    let (first, months) = pulled(&mut tablet, "N1").await;
    assert_eq!(first.holdings.deposit, Fen(10_000), "holdings tell of a later day already");
    assert_eq!(months[&last].values.get(Measure::Deposit), Some(3_000_000));

    let version = "select sum(version)::bigint from stream";
    let before = branch.count(version).await;
    let again = take(&branch, &desk, &list).await;
    let same =
        ImportCounts { unchanged: 3, refused: 4, missing: seen.counts.missing, ..ImportCounts::default() };
    assert_eq!(counts(&again), same);
    assert_eq!(branch.count(version).await, before);

    let file = desk.send::<()>(Method::POST, &path::of(path::IMPORT_REFUSED, again.id), None).await;
    let returned = server::import::read(&file.body).unwrap().sheet;
    assert_eq!((returned.rows.len(), returned.header.last().map(String::as_str)), (4, Some("原因")));
    assert_eq!(returned.form(), ListForm::Figures, "what comes back is recognised again");
    branch.close().await;
}

#[tokio::test]
async fn another_list_of_a_month_replaces_what_it_says_and_leaves_the_rest() {
    let branch = Branch::open().await;
    let desk = branch.sign_in("3001").await;
    let mut tablet = branch.sign_in("1001").await;
    take(&branch, &desk, NEW_CUSTOMERS.as_bytes()).await;
    let last = this_month().prev();
    let titled = format!("统计月份：{}年{}月", last.year(), last.month());
    let header = ["客户编号", "存款月日均", "月消费"];
    let first = workbook(&[&[&titled], &header, &["N2", "5", "7"], &["N3", "6", "8"]]);
    let import: Import = upload(&branch, &desk, "list.xlsx", &first).await.json();
    assert_eq!((import.form, import.month), (ListForm::Figures, Some(last)));
    assert_eq!(counts(&run(&desk, &import).await).new, 2);
    let before = pulled(&mut tablet, "N2").await.1[&last].clone();

    let partly = workbook(&[&[&titled], &header, &["N2", "-5.5", ""], &["N3", "6", ""]]);
    let done = counts(&take(&branch, &desk, &partly).await);
    assert_eq!((done.new, done.changed, done.unchanged, done.refused), (0, 1, 1, 0));
    assert_eq!(done.missing, without(&branch, last).await);
    let (customer, months) = pulled(&mut tablet, "N2").await;
    let after = &months[&last];
    assert_eq!((after.id, after.values.get(Measure::Deposit)), (before.id, Some(-550)));
    assert_eq!(after.values.get(Measure::MonthlySpend), Some(700), "a blank cell says nothing");
    assert_eq!(customer.holdings.deposit, Fen(-550));

    // A customer list of today adds to the running month, and to no other.
    let list = "客户编号,客户名称,管户经理工号,存款月日均\nN2,乙公司,1001,9\n";
    assert_eq!(counts(&take(&branch, &desk, list.as_bytes()).await).changed, 1);
    let (customer, months) = pulled(&mut tablet, "N2").await;
    assert_eq!(months.keys().copied().collect::<Vec<_>>(), [last, this_month()]);
    assert_eq!(months[&this_month()].values.get(Measure::Deposit), Some(900));
    assert_eq!(customer.holdings.deposit, Fen(900));
    branch.close().await;
}

#[tokio::test]
async fn form_and_month_are_the_persons_to_settle() {
    let branch = Branch::open().await;
    let desk = branch.sign_in("3001").await;
    take(&branch, &desk, NEW_CUSTOMERS.as_bytes()).await;
    let last = this_month().prev();
    let name = format!("figures_{last}.csv");
    let list = "客户编号,存款月日均\nN1,5\nN2,6\n";
    let import: Import = upload(&branch, &desk, &name, list.as_bytes()).await.json();
    assert_eq!((import.form, import.month, import.month_hint), (ListForm::Figures, None, Some(last)));
    let looked = desk.get(&path::of(path::IMPORT_PREVIEW, import.id)).await;
    assert_eq!(
        looked.refusal(),
        (422, "list_unreadable".to_owned()),
        "a month from a file's name is confirmed first"
    );

    let at = path::of(path::IMPORT_MAPPING, import.id);
    let columns: Vec<_> = import.columns.iter().map(|column| (column.column, column.unit)).collect();
    let set = |form, month, columns: &[_]| ImportMapping { form, month, columns: columns.to_vec() };
    let foreign = [(Some(Column::ManagerNo), columns[0].1), columns[1]];
    let refused = desk.send(Method::PUT, &at, Some(&set(ListForm::Figures, Some(last), &foreign))).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let set_to = async |form, month| -> Import {
        desk.send(Method::PUT, &at, Some(&set(form, month, &columns))).await.json()
    };
    let as_customers = set_to(ListForm::Customers, None).await;
    assert_eq!((as_customers.form, as_customers.columns.len()), (ListForm::Customers, 2));
    set_to(ListForm::Figures, None).await;
    let settled = set_to(ListForm::Figures, Some(last)).await;
    assert_eq!(settled.month, Some(last));
    assert_eq!(preview(&desk, &settled).await.counts.new, 2);
    let in_future = set_to(ListForm::Figures, Some(this_month().next())).await;
    let seen = preview(&desk, &in_future).await;
    assert_eq!(
        (seen.counts.refused, seen.by_reason[0].reason, seen.months),
        (2, Reason::MonthFuture, vec![])
    );

    let wide = format!("客户编号,{}年{}月存款\nN1,5\n", last.year(), last.month());
    let import: Import = upload(&branch, &desk, "wide.csv", wide.as_bytes()).await.json();
    let looked = desk.get(&path::of(path::IMPORT_PREVIEW, import.id)).await;
    let message = String::from_utf8_lossy(&looked.body).into_owned();
    assert!(looked.status == StatusCode::UNPROCESSABLE_ENTITY && message.contains("一行一个月"), "{message}");
    branch.close().await;
}

#[tokio::test]
async fn a_customer_out_of_reach_is_as_unknown_as_one_that_is_not() {
    let branch = Branch::open().await;
    let desk = branch.sign_in("3001").await;
    take(&branch, &desk, NEW_CUSTOMERS.as_bytes()).await;
    for sql in [
        "insert into book (id, organisation_id, org_unit_id, holder_id, name)
         select gen_random_uuid(), organisation_id, organisation_id, null, '别处' from book limit 1",
        "update customer set book_id = (select id from book where name = '别处') where customer_no = 'N4'",
    ] {
        sqlx::query(sql).execute(&branch.pool).await.unwrap();
    }
    let list = format!("客户编号,账期,存款\nN4,{0},1\nX9,{0},1\n", this_month());
    let import: Import = upload(&branch, &desk, "list.csv", list.as_bytes()).await.json();
    let rows: ImportRows = desk.get(&path::of(path::IMPORT_ROWS, import.id)).await.json();
    let told: Vec<_> =
        rows.rows.iter().flat_map(|row| &row.faults).map(|fault| (fault.reason, &fault.words)).collect();
    assert_eq!(told.len(), 2);
    assert_eq!((told[0].0, told[0]), (Reason::CustomerUnknown, told[1]));
    assert_eq!(counts(&run(&desk, &import).await).refused, 2);
    let written =
        "select count(*) from figures join customer on customer.id = customer_id where customer_no = 'N4'";
    assert_eq!(branch.count(written).await, 0);
    branch.close().await;
}

#[tokio::test]
async fn a_list_longer_than_a_part_is_written_to_its_last_month() {
    let branch = Branch::open().await;
    let desk = branch.sign_in("3001").await;
    let mut tablet = branch.sign_in("1001").await;
    let (mut customers, mut months) =
        ("客户编号,客户名称,管户经理工号\n".to_owned(), "客户编号,账期,存款\n".to_owned());
    for no in 0..60 {
        customers.push_str(&format!("N{no},客户{no},1001\n"));
        for back in 0..20 {
            months.push_str(&format!("N{no},{},{}\n", this_month().minus(back), no * 100 + back));
        }
    }
    take(&branch, &desk, customers.as_bytes()).await;
    let import: Import = upload(&branch, &desk, "list.csv", months.as_bytes()).await.json();
    let seen = preview(&desk, &import).await;
    let done = run(&desk, &import).await;
    assert_eq!((done.done, counts(&done), seen.months.len()), (1_200, seen.counts, 20));
    assert_eq!(seen.counts.new, 1_200);
    let (customer, held) = pulled(&mut tablet, "N59").await;
    assert_eq!((held.len(), customer.holdings.deposit), (20, Fen(590_000)));
    assert_eq!(held[&this_month().minus(19)].values.get(Measure::Deposit), Some(591_900));
    branch.close().await;
}
