# 首页和程序自己的提示。
app-welcome = 欢迎
app-welcome-words = 报修、咨询、缴费，或上班。
app-welcome-resident = 我是业主或住户
app-welcome-staff = 我是工作人员
app-nav-settings = 设置
refusal-moment-shape = 时间要写成 2026-03-14T22:47:10+08:00 这样。
