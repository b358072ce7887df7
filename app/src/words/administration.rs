//! Words of 管理.

use crate::words;

words! {
    WHAT = "管理什么" | "What to manage";
    PEOPLE = "员工" | "People";
    UNITS = "机构" | "Org units";
    BOOKS = "管户簿" | "Books";
    SEARCH_PEOPLE = "搜索员工" | "Search people";
    SEARCH_PEOPLE_HINT = "姓名、工号、机构" | "Name, number, org unit";
    WHO = "筛选" | "Filter";
    INACTIVE = "已停用" | "Deactivated";
    ADD_PERSON = "添加员工" | "Add person";
    ADD_UNIT = "添加机构" | "Add org unit";
    ADD_BOOK = "添加管户簿" | "Add book";

    NAME = "姓名" | "Name";
    EMPLOYEE_NO = "工号" | "Employee number";
    ROLE = "岗位" | "Role";
    UNIT = "机构" | "Org unit";
    CHOOSE = "请选择" | "Choose";
    FIRST_PASSWORD = "还没改首次密码" | "still has the first password";
    NEVER_IN = "没登录过" | "never signed in";
    LAST_IN = "上次登录{when}" | "last signed in {when}";
    IT_IS_YOU = "你" | "you";
    NONE_FOUND = "没有找到" | "Nobody found";
    NONE_FOUND_SAY = "换个姓名或工号，或者看全部。" | "Try another name or number, or look at all.";
    ONLY_YOU = "现在只有你一个人" | "It is only you so far";
    ONLY_YOU_SAY = "先在“机构”里搭好分行和支行，再添加员工；客户经理还要一本管户簿。" | "Set up branches under “Org units”, then add people; a customer manager also needs a book.";
    FILL_NAME = "姓名还没有填。" | "Enter a name.";
    FILL_NUMBER = "工号还没有填。" | "Enter an employee number.";
    FILL_UNIT = "还没有选机构。" | "Choose an org unit.";
    FILL_UNIT_NAME = "名称还没有填。" | "Enter a name.";
    ROLE_MANAGER = "管一本管户簿，走访、记录" | "Holds a book, visits and records";
    ROLE_DESK = "看和改本支行的客户，导入名单" | "Keeps the branch's customers, imports lists";
    ROLE_LEAD = "看下面所有人，导入，移交" | "Sees everyone below, imports, hands over";
    ROLE_ADMINISTRATOR = "管员工、机构和管户簿，看不到客户" | "Manages people, units and books; sees no customers";
    ROLE_AUDITOR = "只看，什么都不改" | "Reads, changes nothing";

    DEVICES = "设备" | "Devices";
    RESET = "重置密码" | "Reset password";
    RESET_SAY = "忘了密码或怀疑泄露时用。所有登录马上失效，给一个一次性密码。" | "For a forgotten or leaked password. Every session ends; a one-time password is given.";
    RESET_SURE = "重置{name}的密码" | "Reset {name}'s password";
    RESET_SURE_SAY = "{name}的所有登录马上失效。平板上没上传的改动还在，联网用一次性密码登录就打得开。" | "All of {name}'s sessions end. Unsent work on the tablet stays and opens with the one-time password, online.";
    DEACTIVATE = "停用" | "Deactivate";
    DEACTIVATE_SAY = "离职或调走时用。不能再登录，历史都留着，以后可以恢复。" | "For people who leave. They can no longer sign in; history stays, and it can be undone.";
    DEACTIVATE_SURE = "停用{name}" | "Deactivate {name}";
    DEACTIVATE_SURE_SAY = "{name}的所有登录马上失效，平板联网后清掉资料。名下的客户不动，请主管移交给别人。" | "All of {name}'s sessions end and the tablet is cleared when it connects. Their customers stay where they are; ask the team lead to hand them over.";
    ACTIVATE = "恢复" | "Reactivate";
    ACTIVATE_SURE = "恢复{name}" | "Reactivate {name}";
    ACTIVATE_SAY = "可以再登录，密码还是原来的。" | "They can sign in again with the password they had.";
    OWN_ACCOUNT = "自己的账号不能在这里停用。" | "You cannot deactivate your own account here.";

    ONE_TIME = "{name}的一次性密码" | "One-time password of {name}";
    ONE_TIME_SAY = "只在这里显示一次，请当面交给{name}（工号{no}）。第一次登录时会要求换成自己的。" | "Shown only here, only once: hand it to {name} (number {no}) in person. The first sign-in asks for another.";
    COPY = "复制" | "Copy";
    COPIED = "已复制" | "Copied";
    COPY_BY_HAND = "浏览器不让复制，请选中抄下。" | "The browser does not allow copying; select the text instead.";
    HANDED_OVER = "已交给本人" | "Handed over";

    UNIT_NAME = "名称" | "Name";
    ABOVE = "上级" | "Above it";
    ROOT = "最上级，没有上级" | "the root, nothing above";
    N_PEOPLE = "{n}人" | "{n} {n:person|people}";
    N_BOOKS = "{n}本管户簿" | "{n} books";
    NEW_BELOW = "在{name}下添加" | "Add below {name}";
    EDIT_UNIT = "改{name}" | "Edit {name}";

    BOOK_NAME = "名称" | "Name";
    HOLDER = "谁管" | "Held by";
    NOBODY = "没有人管" | "nobody";
    N_CUSTOMERS = "{n}位客户" | "{n} {n:customer|customers}";
    NO_BOOKS = "还没有管户簿" | "No books yet";
    NO_BOOKS_SAY = "一位客户经理一本。添加后主管或柜台就能把名单导入进去。" | "One for each customer manager. Once added, the branch can import its list into it.";
    HOLDER_SAY = "换人管：簿里的客户连同历史一起到他的平板，前一位的平板联网后清掉。" | "Another holder: the customers with their history go to their tablet and leave the former one's.";
    BOOK_OF = "{name}的管户簿" | "{name}'s book";
}
