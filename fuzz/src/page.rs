//! A compact page, as the tablet reads it from the server and from its own disk. Bytes that begin as JSON are a page
//! written out, which mutations reach deeper.

use crate::world::{PAGE, take_in};
use domain::wire::Page;
use replica::page::{decode, decode_body, encode, with_schema};

pub fn run(bytes: &[u8]) {
    if bytes.starts_with(b"{") {
        if let Ok(page) = serde_json::from_slice::<Page>(bytes) {
            read(&compact(&page));
        }
    } else {
        read(bytes);
    }
}

pub fn compact(page: &Page) -> Vec<u8> {
    encode(page).expect("a page can be written").split_off(with_schema(&[]).len())
}

fn read(body: &[u8]) {
    let stored = with_schema(body);
    let (Ok(page), Ok(same)) = (decode_body(body), decode(&stored)) else {
        assert!(decode(&stored).is_err() && decode_body(body).is_err(), "one of two readers takes it");
        return;
    };
    assert_eq!(page, same);
    assert_eq!(decode_body(&compact(&page)).as_ref(), Ok(&page), "and read again");
    take_in(page, PAGE.server_time.date());
}
