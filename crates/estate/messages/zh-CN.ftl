# 房屋与住户。键名按页面和部件。

## 导航
estate-nav = 房屋与住户
estate-nav-matrix = 房态图
estate-nav-homes = 房屋
estate-nav-owners = 业主
estate-nav-users = 使用人
estate-nav-buildings = 楼栋与位置
estate-nav-labels = 二维码标签
estate-nav-site = 项目设置

## 通用
estate-comma = ，
estate-list = 列表
estate-edit = 修改
estate-save = 保存
estate-saved = 已保存。
estate-back = 返回，不保存
estate-find = 查找
estate-closed = 已停用
estate-show-all = 看全部
estate-condition = { $what }：{ $is }
estate-export-n = 导出 { $n } 条
estate-export-building = 导出本栋
estate-building-named = { $code } { $word }
estate-all-buildings = 全部楼栋
estate-somebody = 别人
estate-just-now = 刚才

## 位置种类
estate-kind-phase = 期
estate-kind-building = 楼栋
estate-kind-stair = 单元
estate-kind-floor = 楼层
estate-kind-unit = 房屋
estate-kind-shop = 商铺
estate-kind-parking = 车位
estate-kind-storage = 储藏室
estate-kind-garage = 地库
estate-kind-common = 公共部位
estate-kind-plant-room = 设备房
estate-kind-gate = 出入口
estate-kind-checkpoint = 巡查点

## 房态、身份
estate-state-vacant = 空置
estate-state-owner-occupied = 自住
estate-state-let = 出租
estate-undelivered = 未交付
estate-open-orders = 在办工单
estate-role-owner = 业主
estate-role-co-owner = 共有业主
estate-role-tenant = 租户
estate-role-family = 家庭成员
estate-role-user = 使用人
estate-party-person = 个人
estate-party-company = 单位
estate-order-open = 在办
estate-order-closed = 已关闭

## 列名
estate-col-building = 楼栋
estate-col-stairs = 单元
estate-col-homes = 房屋
estate-col-occupied = 有人登记
estate-col-delivered-count = 已交付
estate-col-area-total = 建筑面积合计
estate-col-open = 在办工单
estate-col-code = 房号或编号
estate-col-kind = 种类
estate-col-name = 名称
estate-col-act = 操作
estate-col-home = 房号
estate-col-state = 房态
estate-col-area = 建筑面积
estate-col-inside-area = 套内面积
estate-col-delivered = 交付日期
estate-col-floor = 楼层
estate-col-use = 用途
estate-col-person = 姓名
estate-col-role = 身份
estate-col-phone = 电话
estate-col-from = 从
estate-col-to = 到
estate-col-when = 时间
estate-col-days = 起止

## 楼栋与位置
estate-buildings-title = 楼栋与位置
estate-buildings-total = 共 { $n } 栋
estate-buildings-none = 还没有楼栋
estate-buildings-none-why = 一句话就能建一栋楼，也可以从 Excel 导入全部房屋。
estate-building-new = 新建楼栋
estate-place-new = 新增位置
estate-place-new-below = 在下面新增位置
estate-tree-title = 期、公共部位、车位区和其他
estate-tree-none = 还没有。大堂、设备房、出入口都可以登记，报修时选得到。

## 一句话建楼
estate-rule = 这栋楼的样子
estate-rule-hint = 写明楼栋、单元、层数、每层户数；面积按户型从左到右，用 / 隔开。没有的楼层写“无13层”，首层是商铺写“首层商铺6间”。
estate-rule-example = 1栋 2单元 18层 每层3户，面积 89.37/120.15/65.08，无13层
estate-rule-delivered-hint = 整栋一起交付时填；不填为未交付。
estate-rule-preview = 预览
estate-rule-again = 重新预览
estate-rule-create = 建这 { $n } 户
estate-rule-made = 已建 { $n } 户。
estate-rule-sums = { $building }：{ $stairs } 个单元，{ $floors } 层，{ $units } 户，建筑面积合计 { $area }。还没有保存。

## 位置
estate-parent = 属于
estate-code-hint = 照登记的写，如 1-2-0301；比较时不计前面的 0。
estate-name-hint = 房屋不用填，房号就是名称。
estate-place = 位置
estate-place-added = 已新增。
estate-edit-place = 修改房屋资料
estate-edit-of = 修改 { $code }
estate-close = 停用
estate-close-why = 拆除或合并后停用，历史记录保留。有人登记、有在办工单时不能停用。
estate-close-act = 停用 { $code }
estate-closed-done = 已停用。
estate-below = 下一级
estate-below-none = 下面没有位置。

## 房态图
estate-matrix-title = 房态图
estate-matrix-none = 还没有房屋
estate-matrix-filters = 图例和筛选
estate-matrix-stair = { $stair } 单元，{ $n } 户
estate-matrix-homes = { $n } 户
estate-matrix-kind = { $kind }，{ $n } 个
estate-orders-open-n = { $n } 件在办

## 房屋列表
estate-homes-title = 房屋
estate-homes-search = 房号
estate-homes-total = 共 { $n } 套，{ $area }
estate-home-new = 新增房屋

## 业主、使用人
estate-owners-title = 业主
estate-users-title = 使用人
estate-roster-none = 还没有登记
estate-roster-none-why = 打开一户房屋登记，或从 Excel 导入。
estate-roster-search = 姓名、拼音、手机后四位
estate-roster-total = 共 { $n } 条
estate-when-past = 含已迁出

## 一户一档
estate-people = 业主和使用人
estate-nobody = 这里没有人登记
estate-nobody-why = 登记业主后，报修和通知才找得到人。
estate-add-person = 登记一人
estate-added = 已登记。
estate-let = 出租
estate-let-why = 登记租户。业主不变。
estate-let-from = 租期从
estate-let-done = 已登记租户。
estate-sell = 过户
estate-sell-why = 卖方的登记到过户日为止，买方从这一天开始。租户不受影响，以往记录保留。
estate-sell-day = 过户日期
estate-sell-co-owner = 共有人姓名
estate-sell-co-owner-phone = 共有人电话
estate-sold = 已过户。
estate-correct = 更正
estate-correct-of = 更正{ $name }的资料
estate-move-out = 迁出
estate-move-out-of = 登记{ $name }迁出
estate-move-out-who = { $name }，{ $role }。
estate-move-out-owner = 卖房请用“过户”。有共有业主时，最早的共有业主接为业主。
estate-move-out-day = 迁出日期
estate-move-out-hint = 从这一天起不再是；前一天还是。
estate-moved-out = 已登记迁出。
estate-from = 从
estate-until = 到
estate-until-hint = 这一天起不再是。没有期限就不填。
estate-later = 还没开始
estate-gone = 已迁出
estate-past = 以往
estate-phones-hint = 可以填几个，用逗号隔开，第一个先打。
estate-identity = 证件号码
estate-identity-hint = 加密保存，查看要写原因。
estate-identity-kept = 已加密保存。要换才填。
estate-party-kind = 个人或单位
estate-note = 备注
estate-no-phone = 没有登记电话。
estate-orders = 工单
estate-orders-none = 没有工单。
estate-all-orders = 全部工单
estate-new-order = 新建工单
estate-label-one = 打印二维码

## 查看
estate-reveal = 查看
estate-reveal-of = 查看{ $name }的完整号码
estate-reveal-why = 谁、何时、看了谁的、为什么，都会留痕。
estate-reveal-what = 看什么
estate-reveal-phones = 电话
estate-reveal-reason = 原因
estate-reveal-example = 回访 B-0812-017
estate-reveal-kept = 已留痕。离开这一页后不再显示。

## 查找
estate-find-homes = 房屋
estate-find-for-home = 对这一户
estate-find-people = 人
estate-find-orders = 工单
estate-find-pages = 页面
estate-find-more = 还有 { $n } 个，看全部
estate-find-more-open = 还有更多，看全部
estate-find-total = 共 { $n } 个
estate-find-all-groups = 回到全部结果
estate-find-nothing = 没有找到“{ $q }”。可以输 1栋101、姓名、拼音首字母、手机后四位、单号。

## 标签
estate-labels-title = 二维码标签
estate-labels-why = 贴在门上或设备旁，扫一下就知道是哪里，可以直接报修。
estate-labels-print = 生成标签 PDF
estate-labels-size = 纸张
estate-labels-size-24 = A4，24 张（70 × 37 毫米）
estate-labels-size-36 = A4，36 张（50 × 30 毫米）
estate-labels-size-roll = 标签打印机（50 × 30 毫米）
estate-labels-most = 一次最多 { $n } 张
estate-labels-file = { $site }二维码标签

## 扫码之后
estate-scan-why = 这里有问题，请告诉我们。
estate-scan-report = 登录后报修
estate-scan-call = 打电话 { $phone }

## 项目设置
estate-site-name = 项目名称
estate-site-building-word = 楼怎么叫
estate-site-phone = 24 小时服务电话
estate-site-phone-hint = 显示在业主端和出错页上。

## 拒绝
refusal-place-code-taken = { $code } 已经有了（前面的 0 不算）。请换一个编号，或改原来那个。
refusal-place-code-shape = “{ $code }”不能作编号。请写 1 到 40 个字，如 1-2-0301。
refusal-place-parent = 这种位置不能放在这里。房屋要放在楼栋或单元下面。
refusal-place-kind-unknown = 没有这种位置。
refusal-place-lived = 这里还有人登记。请先登记迁出。
refusal-place-open-orders = 这里还有在办工单。请先办完。
refusal-place-has-children = 下面还有位置。请先停用下面的。
refusal-place-closed = 已经停用了。
refusal-rule-unreadable = 看不懂“{ $text }”。请照例子写：1栋 2单元 18层 每层3户。
refusal-rule-building-missing = 没写是哪一栋。请写上楼栋，如 1栋。
refusal-rule-floors-missing = 没写几层。请写上层数，如 18层。
refusal-rule-homes-missing = 没写每层几户。请写上，如 每层3户。
refusal-rule-areas-count = 写了 { $areas } 个面积，但每层 { $homes } 户。请每户写一个，或只写一个。
refusal-rule-too-many = 太多了，一栋最多 { $most } 户。请核对层数和户数。
refusal-rule-floor-outside = 这栋楼没有 { $floor } 层。请核对楼层。
refusal-occupancy-dates = 结束要在开始之后。请核对日期。
refusal-occupancy-already = 这个人在这段时间已经是了。请核对日期或身份。
refusal-occupancy-owner-there = 这段时间已有业主。一起的请选“共有业主”，卖房请用“过户”。
refusal-occupancy-owner-missing = 这段时间还没有业主。请先登记业主。
refusal-occupancy-ended = 已在 { $day } 结束。
refusal-occupancy-sold-later = 那一天或之后已有新业主。请核对过户日期。
refusal-occupancy-buyer-missing = 请填买方姓名。
refusal-occupancy-not-a-home = 这里不能登记人。请选房屋、商铺、车位或储藏室。
refusal-reveal-reason-missing = 请写明为什么要看，如“回访 B-0812-017”。
refusal-reveal-nothing = 没有登记证件号码。
refusal-party-name-missing = 请填姓名或单位名称。
refusal-party-name-long = 名称太长，最多 80 个字。
refusal-estate-phone-shape = “{ $text }”不是电话。请填 11 位手机号，或带区号的座机，如 0571-88886666。
refusal-estate-identity-shape = 证件号码不对。请核对，18 位身份证最后一位可以是 X。
refusal-estate-day-missing = 请选日期。
refusal-estate-day-shape = 日期看不懂。请写成 2026-08-12。
refusal-estate-area-shape = 面积看不懂。请写平方米，最多两位小数，如 89.37。
refusal-estate-role-shape = 没有这种身份。
refusal-estate-cursor-shape = 翻页的位置看不懂。请从第一页开始。
refusal-estate-if-match = 请在 If-Match 里带上您看到的版本。
refusal-estate-reveal-what = 只能看 phones 或 identity。
refusal-labels-nothing = 没有可打印的。请换个种类或楼栋，或先勾选。
refusal-labels-too-many = 有 { $count } 张，一次最多 { $most } 张。请按楼栋分几次。
refusal-labels-long = “{ $text }”太长，标签上放不下。请换大一点的纸，或改短名称。
refusal-site-name-shape = 项目名称要 1 到 40 个字。
refusal-site-building-word = 请选栋、幢或号楼。
refusal-site-phone-shape = 电话只能有数字、空格、- 和 +，最多 20 位。

## 导入
estate-import-homes = 导入房屋和业主
estate-import-staff = 导入员工
estate-import-homes-about = 把现有的房屋业主表发上来就行：列的顺序和叫法不限，标题行、合并单元格、小计行都认得。先看预览，确认后才写入，之后还可以撤销。
estate-import-staff-about = 把现有的员工花名册发上来就行：姓名、手机、部门、岗位、入职日期、登录名、证书。先看预览，确认后才写入。角色不随名单授予，导入后在员工页授予。
estate-import-file = 表格文件
estate-import-file-hint = .xlsx、.xls 或 .csv，不超过 50 MB；文件最多保留 7 天
estate-import-send = 看预览
estate-import-template = 下载模板
estate-import-history = 以前的导入
estate-import-history-none = 还没有导入过。
estate-import-file-name = 文件
estate-import-state = 状态
estate-import-rows = 行数
estate-import-new = 新增
estate-import-bad = 有错的行
estate-import-by = 导入人
estate-import-at = 时间
estate-import-state-draft = 待确认
estate-import-state-running = 正在导入
estate-import-state-done = 已导入
estate-import-state-undone = 已撤销
estate-import-state-cancelled = 已放弃
estate-import-new-units = 新增房屋
estate-import-new-parties = 新增人员
estate-import-new-occupancies = 新增入住登记
estate-import-new-staff = 新增员工
estate-import-new-certificates = 新增证书
estate-import-new-logins = 新开登录名
estate-import-new-below = 系统里还没有的
estate-import-changed = 改动
estate-import-changed-below = 已有的，补充或更新
estate-import-unchanged = 不变的行
estate-import-unchanged-below = 和系统里一样
estate-import-bad-below = 见下表
estate-import-errors = 有错的地方
estate-import-errors-more = 还有 { $n } 处，见“下载有错的行”。
estate-import-warnings = 没有写入的内容
estate-import-warnings-more = 还有 { $n } 处，改好后重新读一遍再看。
estate-import-bad-download = 下载有错的行
estate-import-bad-rows = 有错的行
estate-import-reason = 原因和改法
estate-import-error-sheet = 工作表
estate-import-error-row = 行
estate-import-error-column = 列
estate-import-error-value = 表里写的
estate-import-error-what = 怎么改
estate-import-first-rows = 前几行认成这样
estate-import-no-rows = 没有认出可以导入的行。
estate-import-col-row = 行
estate-import-col-does = 结果
estate-import-col-home = 房号
estate-import-col-area = 建筑面积（m²）
estate-import-col-delivered = 交付日期
estate-import-col-owners = 业主
estate-import-col-tenants = 租户
estate-import-col-name = 姓名
estate-import-col-phones = 手机
estate-import-col-department = 部门
estate-import-col-post = 岗位
estate-import-col-login = 登录名
estate-import-col-certificates = 证书
estate-import-does-new = 新增
estate-import-does-changed = 更新
estate-import-does-unchanged = 不变
estate-import-does-bad = 有错
estate-import-skipped = 略过 { $n } 处（空行、小计、备注）
estate-import-skipped-line = { $several ->
    [yes] { $sheet } 第 { $from }–{ $to } 行：{ $why }
   *[no] { $sheet } 第 { $from } 行：{ $why }
}
estate-import-skip-row-empty = 空行
estate-import-skip-row-subtotal = 小计或合计
estate-import-skip-row-note = 备注、签名或页码
estate-import-skip-row-repeated-header = 重复的表头
estate-import-skip-row-building-heading = 楼栋小标题
estate-import-skip-row-example = 模板的示例行
estate-import-mapping = 列的对应
estate-import-help-homes = 没有认出哪一列是房号。请在下面“列的对应”里选好表头行和房号（或楼栋、单元、室号），再点“按这样重新读”。
estate-import-help-staff = 没有认出哪一列是姓名。请在下面“列的对应”里选好表头行和姓名，再点“按这样重新读”。
estate-import-sheet-used = 读这张工作表
estate-import-header-row = 表头在第几行
estate-import-building = 没写楼栋的行属于
estate-import-map-column = 列
estate-import-map-header = 表头
estate-import-map-samples = 内容
estate-import-map-field = 对应
estate-import-map-label = { $column } 列对应
estate-import-map-none = 不导入
estate-import-map-unsure = 按内容猜的，请核对
estate-import-read-again = 按这样重新读
estate-import-drop = 放弃这次导入
estate-import-nothing-new = 表里的内容系统里都有，没有要写入的。
estate-import-mode = 有错的行怎么办
estate-import-mode-all-or-nothing = 全部导入或都不导入
estate-import-mode-all-or-nothing-detail = 还有 { $bad } 行有错：先在表里改好再发上来
estate-import-mode-good-rows = 只导入没有错的行
estate-import-mode-good-rows-detail = 有错的 { $bad } 行不导入，可以下载下来改好再导入
estate-import-run = 导入 { $n } 行
estate-import-progress = 已写入 { $done } / { $whole } 条
estate-import-waits = 正在排队，马上开始。
estate-import-running-hint = 本页每 3 秒刷新一次，可以离开。完成之前放弃，什么都不会写入。
estate-import-cancel = 放弃导入
estate-import-said-done = { $by } 于 { $at } 导入。
estate-import-said-undone = 已于 { $at } 撤销，导入的内容都已取回。
estate-import-said-cancelled = 这次导入已放弃，没有写入任何内容。
estate-import-said-gone = 文件已过 7 天保留期。请重新发上来。
estate-import-undo = 撤销这次导入
estate-import-undo-hint = 没有工单、登录、后来的登记依靠这些内容时可以撤销；有后来的导入时先撤销后来的。
estate-import-flash-run = 已开始导入，结果在这一页
estate-import-flash-cancelled = 已放弃，没有写入任何内容
estate-import-undo-ask = 撤销后，这次导入带来的内容都会取回。撤销不能反悔；要再用，得重新导入。
estate-import-undo-units = 删除房屋、商铺、车位
estate-import-undo-frame = 删除楼栋、单元（没有别的房屋的）
estate-import-undo-parties = 删除住户或员工
estate-import-undo-occupancies = 删除入住登记
estate-import-undo-changed-units = 恢复原来内容的房屋
estate-import-undo-phones = 删除电话
estate-import-undo-identities = 删除证件号
estate-import-undo-staff = 删除任职
estate-import-undo-accounts = 删除账号
estate-import-undo-certificates = 删除证书
estate-import-undo-changed-certificates = 恢复原来日期的证书
estate-import-undo-counted = 会取回什么
estate-import-undo-nothing = 这次导入没有带来新内容，撤销只改它的状态。
estate-import-undo-yes = 撤销，取回以上内容
estate-import-undo-no = 不撤销
estate-import-flash-undone = 已撤销
estate-import-lacks = 这个项目还缺什么
estate-import-lacks-none = 都齐了，可以开始用了。
estate-import-lack-staff = 还没有员工
estate-import-lack-staff-act = 导入员工
estate-import-lack-duty-phone = 还没有 24 小时服务电话
estate-import-lack-duty-phone-act = 填写电话
estate-import-lack-categories = 还没有报事分类
estate-import-lack-categories-act = 设置分类
estate-import-lack-promises = 时限还是默认值
estate-import-lack-promises-act = 核对时限
estate-import-lack-desk-hours = 服务台时间还是默认值
estate-import-lack-desk-hours-act = 核对服务台时间
estate-import-lack-stewards = 还没有管家负责楼栋
estate-import-lack-stewards-act = 指定管家
estate-import-lack-roles = 还没有人在本项目有角色
estate-import-lack-roles-act = 授予角色
estate-import-lack-buildings = 还没有楼栋
estate-import-lack-buildings-act = 按规则建楼
estate-import-lack-homes = 还没有房屋
estate-import-lack-homes-act = 导入房屋
estate-import-lack-owners = { $n } 户没有业主
estate-import-lack-owners-act = 看房屋
estate-import-lack-phones = { $n } 户没有电话
estate-import-lack-phones-act = 看业主
estate-import-lack-areas = { $n } 户没有面积
estate-import-lack-areas-act = 看房屋
estate-import-lack-delivery = { $n } 户没有交付日期
estate-import-lack-delivery-act = 看房屋

estate-import-field-unit = 房号（整个编号）
estate-import-field-phase = 期、区
estate-import-field-building = 楼栋
estate-import-field-stair = 单元
estate-import-field-floor = 楼层
estate-import-field-room = 室号
estate-import-field-usage = 用途
estate-import-field-floor-area = 建筑面积
estate-import-field-inside-area = 套内面积
estate-import-field-delivered-on = 交付日期
estate-import-field-owner = 业主
estate-import-field-owner-phone = 业主电话
estate-import-field-owner-id-number = 业主证件号
estate-import-field-co-owner = 共有人
estate-import-field-co-owner-phone = 共有人电话
estate-import-field-tenant = 租户
estate-import-field-tenant-phone = 租户电话
estate-import-field-tenant-id-number = 租户证件号
estate-import-field-name = 姓名
estate-import-field-phone = 手机
estate-import-field-department = 部门
estate-import-field-post = 岗位
estate-import-field-joined-on = 入职日期
estate-import-field-staff-number = 工号
estate-import-field-login = 登录名
estate-import-field-certificate-name = 证书名称
estate-import-field-certificate-number = 证书编号
estate-import-field-valid-until = 证书有效期至
estate-import-field-review-on = 证书复审日期
estate-import-field-note = 备注（不写入）
estate-import-field-ignored = 不导入

estate-import-head-building = 楼栋
estate-import-head-stair = 单元
estate-import-head-room = 室号
estate-import-head-owner = 业主
estate-import-head-owner-phone = 业主电话
estate-import-head-owner-id-number = 业主证件号
estate-import-head-floor-area = 建筑面积(㎡)
estate-import-head-inside-area = 套内面积(㎡)
estate-import-head-delivered-on = 交付日期
estate-import-head-tenant = 租户
estate-import-head-tenant-phone = 租户电话
estate-import-head-name = 姓名
estate-import-head-phone = 手机
estate-import-head-department = 部门
estate-import-head-post = 岗位
estate-import-head-joined-on = 入职日期
estate-import-head-staff-number = 工号
estate-import-head-login = 登录名
estate-import-head-certificate-name = 证书名称
estate-import-head-certificate-number = 证书编号
estate-import-head-valid-until = 有效期至
estate-import-head-review-on = 复审日期
estate-import-head-note = 备注
estate-import-template-rules = 填写说明
estate-import-template-homes-sheet = 房屋业主
estate-import-template-homes-examples =
    1栋|1单元|101|王桂华、李建国|13800002207||89.37|72.10|2023-05-01|||示例，导入时略过
    1栋|1单元|102|赵敏|13900001234||120.15||2023-05-01|孙梅|13700005678|示例，导入时略过
estate-import-template-homes-rules =
    一户一行。楼栋、单元、室号也可以合成一列“房号”，如 1-1-101；没有单元的不填单元。
    几位业主用顿号隔开：王桂华、李建国。第一位是业主，其余是共有人；电话是第一位的。
    空着的格子不会改动系统里已有的内容。
    日期写 2023-05-01、2023/5/1、2023年5月1日 都可以。
    表里的业主和系统里的不同时，这一行不导入：请在住户档案办理过户。
estate-import-template-staff-sheet = 员工
estate-import-template-staff-examples =
    李建国|13800004321|工程维护部|综合维修工|2022-03-01|E012|lijianguo|低压电工作业证|T330102198801011234|2028-03-01|2027-03-01|示例，导入时略过
    陈芳|13900008765|客户服务部|前台接待|2023-07-15|C003|chenfang|||||示例，导入时略过
estate-import-template-staff-rules =
    一人一行；有几本证书的，其余证书另起一行，姓名和手机照写。
    部门写全称或简称都可以：工程部、客服部、秩序部、保洁部、绿化部、财务部、运营部。
    登录名用小写字母和数字。密码由本人用员工页发出的链接设置。
    空着的格子不会改动系统里已有的内容。角色不随名单授予。

estate-import-fault-unit-missing = 没写房号。请补上，例如 1-2-301。
estate-import-fault-unit-unreadable = 看不懂这个房号。请写成 1-2-301 或 1栋2单元301。
estate-import-fault-unit-building-missing = 只有室号，不知道是哪一栋。请补上楼栋，或在“列的对应”里填“没写楼栋的行属于”。
estate-import-fault-unit-is-date = Excel 把房号变成了日期 { $day }。请把这一列设成文本格式后重新填写。
estate-import-fault-unit-ambiguous = 没写单元，系统里有几户符合：{ $homes }。请写全房号。
estate-import-fault-unit-not-a-home = 这个编号在系统里是楼栋、单元或公共部位，不是房屋。请核对房号。
estate-import-fault-unit-closed = 这一户已停用。请先在房屋页核对。
estate-import-fault-building-implausible = 不像楼栋号。请写成 3栋 或 3；商铺、车位不属于哪一栋的，写成 商铺-3、B1-012，楼栋那一列空着。
estate-import-fault-duplicate-unit = 和{ $sheet }第 { $row } 行是同一户。请合并成一行；共有人用顿号隔开。
estate-import-fault-area-unreadable = 看不懂这个面积。请写数字，例如 89.37。
estate-import-fault-area-out-of-range = 面积应在 { $min } 到 { $max } m² 之间。请核对。
estate-import-fault-inside-area-larger = 套内面积比建筑面积（{ $floor_area }）还大。请核对是否填反。
estate-import-fault-phone-unreadable = 不是手机号或座机号。请写 11 位手机号，或带区号的座机。
estate-import-fault-phone-masked = 电话里有星号。请填完整号码，没有就空着。
estate-import-fault-date-unreadable = 看不懂这个日期。请写成 2023-05-01。
estate-import-fault-date-incomplete = 日期缺少月或日。请写全，例如 2023-05-01。
estate-import-fault-date-ambiguous = 分不清月和日。请写成 2023-05-06 的样子。
estate-import-fault-date-out-of-range = 日期应在 1949 到 2100 年之间。请核对。
estate-import-fault-date-unknown = 写着不详，日期没有写入，这一行其余照常导入。查清后补上。
estate-import-fault-name-unreadable = 不像姓名或单位名称。请核对。
estate-import-fault-name-missing = 有电话或证件号，但没写姓名。请补上姓名。
estate-import-fault-name-remark = 姓名里写了备注，分不清现在是谁。请只写现在的人；过户、退租请在住户档案办理。
estate-import-fault-id-number-unreadable = 证件号的位数不对，没有写入，这一行其余照常导入。请核对后补上。
estate-import-fault-id-number-check = 证件号的校验位不对，可能抄错了，没有写入，这一行其余照常导入。请核对后补上。
estate-import-fault-id-number-rounded = Excel 把证件号当数字，末几位丢了，没有写入，这一行其余照常导入。请把这一列设成文本格式后重新填写。
estate-import-fault-id-number-unassigned = 证件号的个数和姓名对不上，没有写入，这一行其余照常导入。请每人写一个，或只写第一位的。
estate-import-fault-floor-unreadable = 看不懂这个楼层。请写数字，例如 3 或 -1。
estate-import-fault-duplicate-staff = 和{ $sheet }第 { $row } 行是同一人。请合并成一行。
estate-import-fault-staff-number-twice = { $sheet }第 { $row } 行的{ $name }也是这个工号。请核对，一人一个工号。
estate-import-fault-staff-number-taken = 这个工号已登记给{ $name }。请核对，一人一个工号。
estate-import-fault-login-twice = { $sheet }第 { $row } 行的{ $name }也是这个登录名。请换一个。
estate-import-fault-certificate-name-missing = 有证书编号或日期，但没写证书名称，证书没有登记，人员照常导入。请补上名称。
estate-import-fault-owner-differs = 系统里的业主是 { $now }。如已过户，请在住户档案办理过户；如写法不同，请先改成一致。
estate-import-fault-tenant-differs = 系统里的租户是 { $now }。如已换租，请先在住户档案办理退租。
estate-import-fault-occupant-left = 此人已于 { $day } 迁出这一户。如又回来，请在住户档案登记。
estate-import-fault-identity-differs = { $name } 的证件号和已登记的不同。请核对；要更正请在住户档案更正。
estate-import-fault-department-missing = 没写部门。请补上。
estate-import-fault-department-unknown = 没有这个部门。本项目有：{ $known }。
estate-import-fault-staff-post-differs = 此人现在的岗位是 { $now }。调岗请在员工页办理。
estate-import-fault-login-shape = 登录名用 2–40 个字母、数字或 . _ - @。
estate-import-fault-login-differs = 此人已有账号，登录名是 { $now }。请改成一致或空着。
estate-import-fault-login-taken = 这个登录名已有人用。请换一个。
estate-import-fault-certificate-unknown = 不认识这种证书，证书没有登记，人员照常导入。请写证书全称，例如 低压电工作业证、保安员证。
estate-import-fault-certificate-number-missing = “{ $name }”没写证书编号，或编号超过 60 个字，证书没有登记，人员照常导入。请补上编号。
estate-import-fault-column-mixed = 这一列写着几样内容，或看不出是谁的，整列没有读。请在“列的对应”里选它是什么；电话选错会让别人登录，拿不准就不导入。
estate-import-fault-home-of-space = 这张表登记的是车位、商铺，房号一列只说明业主住哪里，没有使用；车位登记在业主名下。
estate-import-fault-space-of-home = 这张表登记的是房屋，车位（商铺）一列没有使用。要登记请另做一张表：车位号、业主、电话。
estate-import-fault-occupancy-unused = 这一列没有使用，其中 { $n } 户写着空置、毛坯或未入住。自住、出租、空置按登记的人推算：有业主没有租户的显示为自住。

refusal-file-empty = 文件是空的。请核对后重新选择。
refusal-file-encrypted = 文件有打开密码，读不了。请在 Excel 里取消密码后再发。
refusal-file-broken = 文件已损坏，读不了。请用 Excel 打开另存一份再发。
refusal-file-foreign = { $kind ->
    [pdf] 这是 PDF，不是表格。
    [image] 这是图片，不是表格。
    [word] 这是文字文档，不是表格。
    [html] 这是网页存成的表格，读不了。
    [xml] 这是 XML 表格，读不了。
    [ods] 这是 ODS 表格，读不了。
    [xlsb] 这是 XLSB 表格，读不了。
   *[other] 这不是表格文件。
}请发 .xlsx、.xls 或 .csv 文件；其他格式请用 Excel 打开后另存为 .xlsx。
refusal-archive-too-many-entries = 文件里的部件太多，不像普通表格，没有读。请用 Excel 另存一份再发。
refusal-archive-ratio = 文件压缩得不正常，没有读。请用 Excel 另存一份再发。
refusal-file-too-large = 表格太大，读不下。请分成几份再发。
refusal-import-file-missing = 没有收到文件。请选择要导入的表格。
refusal-import-kind-unknown = 没有这种导入。请写 homes 或 staff。
refusal-import-columns = 没有认出房号或姓名那一列。请在预览页的“列的对应”里选好。
refusal-import-has-errors = 有 { $rows } 行有错，所以都没有导入。请改好再发，或选“只导入没有错的行”。
refusal-import-nothing-good = 每一行都有错，没有导入。请按下表改好再发。
refusal-import-not-draft = 这次导入已经处理过了。请看它的结果，或重新发文件。
refusal-import-not-running = 已经结束，来不及放弃。如不要，请撤销这次导入。
refusal-import-cancelled = 导入已被放弃，没有写入任何内容。
refusal-import-file-gone = 文件已过 7 天保留期。请重新发上来。
refusal-import-later = 后面还有别的导入。请先撤销后来的那次。
refusal-import-depends = 不能撤销：{ $what ->
    [orders] 已有 { $count } 张工单用到这些房屋或人员。
    [accounts] 其中 { $count } 个账号已开通、登录或有了角色。
    [people] 后来又登记了 { $count } 条住户或员工。
    [bindings] 有 { $count } 条绑定申请用到这些房屋。
    [notices] 已有 { $count } 条公告发给这些人。
    [stewards] 有 { $count } 处已由管家负责。
    [places] 这些房屋下面又加了 { $count } 个位置。
   *[changes] 其中 { $count } 条后来改动过。
} 请逐条更正。
estate-nav-import = 导入
estate-import-cli = { $rows } 行：{ $create }；{ $change }；不变的行 { $unchanged }；有错的行 { $bad }；没有写入的内容 { $left } 处
estate-import-cli-nothing-new = 没有新增
estate-import-cli-nothing-changed = 没有改动
estate-import-cli-count = { $word } { $n }
estate-import-cli-join = 、
estate-import-cli-dry = 试读，什么都没有写入。
estate-import-cli-errors = 有错，这些行没有导入：
estate-import-cli-line = { $sheet }第 { $row } 行{ $column ->
    [none] {""}
   *[other] {" "}{ $column }
}{ $value ->
    [none] {""}
   *[other] “{ $value }”
}：{ $what }
estate-import-cli-unreadable-file = 文件 { $file } 读不了：{ $cause }。请核对路径和权限。
estate-import-cli-kind = 请写 homes（房屋）或 staff（员工）。
estate-import-cli-no-site = 没有项目 { $site }。已有的：{ $sites }。
estate-import-cli-which-site = 请用 --site 写明项目。已有的：{ $sites }。
estate-import-cli-has-errors = 有 { $rows } 行有错，所以都没有导入。用 --dry-run 看是哪些行，改好再导入；或不写 --all-or-nothing，只导入没有错的行。
estate-import-cli-columns = 没有认出房号或姓名那一列。请把表头改成 房号 或 姓名；或在网页的“导入”里发上来，选好每一列是什么。
estate-import-cli-nothing-good = 每一行都有错，没有导入。用 --dry-run 看每一处的原因。
estate-import-changed-units = 改动房屋
estate-import-changed-parties = 补充人员
estate-import-changed-certificates = 更新证书
