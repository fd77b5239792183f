//! Chinese surnames, to tell `张三 李四` (two people) from `欧阳 娜娜` and `张 三` (one).

/// Of two characters.
const COMPOUND: &[&str] = &[
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙", "宇文", "司徒", "司空",
    "夏侯", "端木", "南宫", "独孤", "轩辕", "呼延", "申屠", "淳于", "单于", "太史", "公冶", "宗政", "濮阳", "澹台",
    "闻人", "赫连", "钟离", "鲜于", "闾丘", "仲孙", "万俟", "西门", "百里", "东郭", "南门", "第五",
];

/// Of one character: the hundred most frequent and those that estates show besides.
const SINGLE: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任\
                      卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱丘江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵万覃武\
                      钱戴严莫孔向常汤康易乔赖文施洪季倪殷章鲁葛柳毕聂焦俞裴祝游柯翁骆柴华欧";

/// Does the name begin with a surname of two characters?
pub fn begins_with_compound(name: &str) -> bool {
    COMPOUND.iter().any(|surname| name.starts_with(surname))
}

/// Does the name begin as a Chinese name does?
pub fn begins_with_surname(name: &str) -> bool {
    begins_with_compound(name) || name.chars().next().is_some_and(|first| SINGLE.contains(first))
}
