//! Words about what only the server can do.

use crate::browser::network::NetworkError;
use crate::i18n::t;
use crate::words;
use crate::words::frame;

words! {
    NO_SERVER = "连不上服务器。你填的和选的都留着，联网后再试一次。" | "The server cannot be reached. What you entered and chose is kept; try again when connected.";
    SIGNED_OUT = "登录过期了。你填的和选的都留着，重新登录后再试一次。" | "Your session has ended. What you entered and chose is kept; sign in and try again.";
    UNREADABLE = "服务器的回答看不懂，可能刚换了版本，或这个网络要先登录。你填的都留着，过一会儿再试。" | "The server's answer cannot be read: perhaps it has just been updated, or this network wants a sign-in first. What you entered is kept; try again in a while.";
    READING = "正在取" | "Loading";
    NO_PAGE = "这一页还没有取到" | "This page has not arrived";
    NO_PAGE_SAY = "这台设备还没存好全部页面，网络又断了。你的资料都在。联网后会自动再取；一直取不到，就重新打开程序。" | "This device has not kept all pages yet, and the network is gone. Your data is all here. It is fetched again when you are connected; if it never comes, open the app again.";
}

/// What happened, what was kept, what to do.
pub fn told(error: &NetworkError) -> String {
    match error {
        NetworkError::Offline => t(NO_SERVER).to_owned(),
        NetworkError::Unauthorized => t(SIGNED_OUT).to_owned(),
        NetworkError::Gone(_) => t(frame::REVOKED).to_owned(),
        NetworkError::Problem(problem) => problem.message.clone(),
        NetworkError::Unreadable => t(UNREADABLE).to_owned(),
    }
}
