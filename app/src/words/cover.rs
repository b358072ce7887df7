//! Words of the warm lock.

use crate::words;

words! {
    LOCKED = "已锁定" | "Locked";
    PIN = "PIN" | "PIN";
    UNLOCK = "解锁" | "Unlock";
    BY_PASSWORD = "换人，或用密码" | "Someone else, or by password";
    WRONG = "PIN不对，还能试{n}次。写了一半的都在。" | "Wrong PIN; {n} {n:try|tries} left. What was half-written is kept.";
    SAY = "输错5次、15分钟没人用或换人，就要用密码。" | "After five wrong PINs, fifteen idle minutes or a change of person the password is needed.";

    SETTING = "PIN解锁" | "Unlock by PIN";
    SETTING_SAY = "短时离开用，5分钟没人用也会锁上。重开应用还是要密码" | "For short breaks; also locks after five idle minutes. Opening the app anew needs the password";
    SET = "设PIN" | "Set PIN";
    CHANGE = "改PIN" | "Change PIN";
    REMOVE = "不用PIN" | "Stop using a PIN";
    NEW = "新PIN，{min}到{max}位数字" | "New PIN, {min} to {max} digits";
    AGAIN = "再输一次" | "Once more";
    DIGITS = "PIN要{min}到{max}位数字。" | "A PIN has {min} to {max} digits.";
    PLAIN = "这个PIN太好猜，换一个不连着、不重复的。" | "That PIN is guessed first; avoid repeated digits and runs.";
    DIFFERS = "两次输的不一样。" | "The two PINs differ.";
    DONE = "PIN已设好" | "PIN set";
    REMOVED = "PIN已去掉，锁定后要用密码" | "PIN removed; locking needs the password again";
    KEEP = "不改" | "Keep";
}
