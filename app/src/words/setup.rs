//! Words of the first administrator's page.

use crate::words;

words! {
    TITLE = "第一位管理员" | "The first administrator";
    SAY = "装好以后只用一次。之后用工号和密码登录，再添加机构和员工。" | "Used once, after installing. From then on sign in with number and password, and add units and people.";
    ORGANISATION = "单位名称" | "Name of the organisation";
    ORGANISATION_HINT = "如滨海分行" | "such as Binhai Branch";
    EMPLOYEE_NO = "工号" | "Employee number";
    NAME = "姓名" | "Name";
    PASSWORD = "密码" | "Password";
    AGAIN = "再输一遍密码" | "Password again";
    SHOW = "显示密码" | "Show the password";
    CREATE = "建立" | "Create";
    CREATING = "正在建立" | "Creating";

    RULE = "至少{n}个字。几个不相干的词连起来，又长又好记。" | "At least {n} characters. A few unrelated words are long and easy to remember.";
    MORE = "还差{n}个字" | "{n} more characters";
    WEAK = "太容易猜，换几个不相干的词" | "Easy to guess; take unrelated words";
    FAIR = "可以，再长些更好" | "Good enough; longer is better";
    STRONG = "很好" | "Strong";
    SAME = "两遍一样" | "Both are the same";
    DIFFERENT = "两遍不一样" | "The two differ";

    FILL_ALL = "每一项都要填。" | "Fill in every field.";
    TOO_SHORT = "密码至少要{n}个字。" | "The password needs at least {n} characters.";
    TOO_LONG = "密码最多{n}个字。" | "The password may have at most {n} characters.";
    NO_TOKEN = "这个地址不完整" | "This address is incomplete";
    NO_TOKEN_SAY = "请从服务器控制台复制整行地址，包括#后面的部分。链接用过一次就失效；要新的，重新启动服务器。" | "Copy the whole line from the server's console, including what follows #. The link works once; restart the server for a new one.";
    TO_THE_DOOR = "去登录" | "Go to sign-in";

    STEPS = "接下来" | "What comes next";
    STEP_UNITS = "搭好机构：分行、支行" | "Set up the org units";
    STEP_PEOPLE = "添加员工，每位客户经理一本管户簿" | "Add people, and a book for each manager";
    STEP_LIST = "主管或柜台导入客户名单" | "The lead or desk imports the customer list";
}
