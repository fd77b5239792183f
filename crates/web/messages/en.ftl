# Shells, components, formats, error pages. Keys by page and part; no HTML in the values.

## Shells
shell-name = Anju
shell-skip = Skip to content
shell-title = { $page } · Anju
shell-title-place = { $page } · { $place } · Anju
shell-nav = Main navigation
shell-crumbs = Where you are
shell-back = Back to { $page }
shell-more = More
shell-acts = Actions
shell-who = { $name } · { $post }
shell-prefs = Language and display
shell-keys = Keyboard shortcuts
shell-log-out = Log out
shell-me = My account
shell-banner = System state
shell-test-clock = Test clock: the time is taken as { $at }
shell-test-gateways = Test gateways: SMS, mail and payments are only recorded, not sent
shell-duty-phone = 24-hour service phone

prefs-this-language = English
prefs-theme-auto = Follow the system
prefs-theme-light = Light
prefs-theme-dark = Dark
prefs-size-xl = Large type
prefs-size-normal = Normal type

find-short = Home, name, number…
find-long = Home, name, initials, last four digits, number
find-title = Find
find-results = Results
find-tip = ↑ ↓ choose, Enter opens, Esc closes; 1-1-101 or initials work too

## Acts
act-undo = Undo
act-close = Close
act-try-again = Try again
act-log-in = Log in
act-go-to = Go to { $page }

## Formats
date-short = { $day } { $month }
date-year = { $day } { $month } { $year }
date-long = { $day } { $month } { $year }
date-yesterday = yesterday
time-limit = by { $at }
time-left = { $span } left
time-over = { $span } over
span-moments = under 1 min
span-minutes = { $n } min
span-hours = { $n } h
span-hours-minutes = { $hours } h { $minutes } min
span-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
ratio = { $rate } ({ $part } / { $whole })
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
month-1-long = January
month-2-long = February
month-3-long = March
month-4-long = April
month-5-long = May
month-6-long = June
month-7-long = July
month-8-long = August
month-9-long = September
month-10-long = October
month-11-long = November
month-12-long = December

## Components
mark-late = overdue
clock-sentence = { $say }, { $due }, { $used }% of the time used
clock-sentence-paused = { $say }, { $due }, { $used }% of the time used, { $paused }% paused
form-optional = optional
form-problems = { $n ->
    [one] { $n } thing to change:
   *[other] { $n } things to change:
}
photo-add = Take or choose photos
sign-again = Sign again
sign-typed = Name of the person signing
table-pick-all = Select all on this page
table-pick = Select { $name }
list-views = Views
list-save-view = Save as view
list-pages = Totals and pages
list-previous = Previous
list-next = Next
list-bulk = Actions for selected rows
list-chosen = Selected
list-choose-none = Clear selection
list-search = Search these results
list-reset = Reset
list-remove-condition = , remove this condition
empty-no-match = Nothing matches
empty-no-match-why = Change the conditions, or remove them to see everything.
empty-no-match-act = Remove conditions
empty-not-yours = Your post cannot see this
empty-not-yours-why = Posts that can: { $posts }. Ask them, or ask your supervisor for access.
loading = Loading
stale = Data as of { $at }
conflict-title = { $by } saved first, at { $at }.
conflict-safe = Everything you typed is still here. Choose for each line, then save.
conflict-caption = The two versions side by side
conflict-field = Item
conflict-mine = Yours
conflict-theirs = Saved by { $by }
conflict-save = Save what is chosen
conflict-leave = Keep the present version

## Faults: title, what is safe, what to do
fault-code = Code { $code }.
fault-phone = If it still fails, give the code to the duty phone
fault-400-title = This request cannot be read
fault-400-safe = Nothing was changed.
fault-400-do = Please go back and try again.
fault-401-title = Please log in first
fault-401-safe = Nothing was changed; forms half filled in on this device are kept.
fault-401-do = After logging in you come back here.
fault-403-title = Your post may not do this
fault-403-safe = Nothing was changed.
fault-403-do = If you need it, ask your supervisor for access or to do it.
fault-404-title = This page was not found
fault-404-safe = Nothing was changed.
fault-404-do = Check the home or order number, or start from the navigation.
fault-405-title = This cannot be opened like that
fault-405-safe = Nothing was changed.
fault-405-do = Please start from the navigation.
fault-409-title = Somebody changed this just now
fault-409-safe = What was saved first is kept; yours is not saved yet.
fault-409-do = Reload to see the latest, then decide whether to change it.
fault-413-title = The file is too large
fault-413-safe = The file was not taken; nothing else was changed.
fault-413-do = Photos up to 10 MB, files up to 50 MB; make it smaller or send it in parts.
fault-422-title = Something needs changing
fault-422-safe = Nothing is saved yet.
fault-422-do = Please change what is marked and send again.
fault-429-title = Too often
fault-429-safe = Nothing was changed.
fault-429-do = Please wait a minute and try again.
fault-500-title = This step did not work
fault-500-safe = Nothing saved before is lost; this step was not saved.
fault-500-do = Please try again.
fault-503-title = The service is not available right now
fault-503-safe = Nothing saved before is lost; this step was not saved.
fault-503-do = Please try again in a little while.
fault-507-title = The server's disk is full
fault-507-safe = Nothing saved before is lost; this step was not saved.
fault-507-do = Tell the administrator at once to free space, then try again.

## Refusals everywhere
refusal-missing = There is no such item, or it is not in your sites.
refusal-denied = Your post may not do this.
refusal-changed-meanwhile = Somebody saved after you opened this.
refusal-fields = Something needs changing.
refusal-disk-full = The server's disk is full; this step was not saved.
refusal-unreachable = The database cannot be reached; this step was not saved.
refusal-overtaken = Somebody was changing this at the same time; this step was not saved. Please try again.
refusal-taken = There is one like this already. Choose another, or change the existing one.
refusal-broken = This step did not work; the problem has been noted.
refusal-sign-in = Please log in first.
refusal-device-over = This phone may no longer send for this person: 30 days are over, the password was changed, it was ended, or they have left. Whoever still works here logs in again, and it goes under their name; for somebody who left it can go under their name no more: please let the supervisor look at it on this phone and enter it on the page.
refusal-foreign-request = This request did not come from a page of this system and was not carried out. Please do it again from the page.
refusal-old-page = This page was open too long and was not sent. Reload and send again; what you typed is kept.
refusal-body-kind = This kind of content is not taken here.
refusal-body-too-large = The content is too large and was not taken. Make it smaller and try again.
refusal-body-too-slow = The content arrived too slowly and was not taken; this step was not saved. Try again where the signal is better.
refusal-second-factor-first = Administrators must set up their one-time codes before going on.
refusal-right-missing = Your post may not do this.
refusal-field-session = A field log-in is good for field work only. Please log in to the console on a computer for this.
refusal-key-shape = The idempotency key must have 1 to 255 visible characters.
refusal-key-needed = This call writes: send an Idempotency-Key header (1 to 255 visible characters), the same one when you send it again.
refusal-key-reused = This idempotency key was used for another request. Please use a new one.
refusal-body-unreadable = What was sent cannot be read and was not saved. Please go back and send again.
refusal-query-unreadable = The conditions in the address cannot be read. Please choose them again on the page.
refusal-text-holds-nul = The text holds a control character that cannot be kept. Delete it and send again.
refusal-upload-broken = The file did not arrive whole. Please send it again.
refusal-upload-too-large = The file is too large. Photos up to 10 MB, files up to 50 MB.

## Roles
role-system-admin = System administrator
role-security-admin = Security administrator
role-audit-admin = Audit administrator
role-company-leader = Company leader
role-site-manager = Site manager
role-supervisor = Supervisor
role-desk = Service desk
role-steward = Steward
role-technician = Technician
role-personnel = Personnel

## Words for the page scripts
js-draft-clear = Clear
js-draft-restored = What you had not finished is back.
js-form-again = Try again
js-form-broken = Not saved. Your text is still on this page; try again. If it still fails, quote code { $code }.
js-form-expired = Your log-in has expired. Your text is still on this page; log in, then press “Try again”.
js-form-login = Log in
js-form-offline = Not saved. There is no network; your text is still on this page. Press “Try again” once connected.
js-keys-close = Close
js-keys-find = Find
js-keys-help = List of keys
js-keys-next = Next row
js-keys-previous = Previous row
js-keys-save = Save
js-keys-tick = Select this row
js-keys-title = Keyboard shortcuts
js-live-lost = Connection lost; this page may be out of date. Reconnecting
js-photo-alt = Photo { $n }
js-photo-failed = The photo was not sent; press “Try again” on it
js-photo-remove = Remove photo { $n }
js-photo-unreadable = This is not a usable photo; choose another
js-age-days = { $n } d ago
js-age-hours = { $n } h ago
js-age-minutes = { $n } min ago
js-carry-given = Exported. Send the file to the foreman's phone and take it in there under "To upload"; it stays here too.
js-carry-some = Exported; { $n } left out: they lack their author's permit. Let the author log in on this phone, then export or send them.
js-carry-none = Nothing was exported: the { $n } here lack their author's permit. Let the author log in on this phone, then export or send them.
js-carry-taken = { $n } taken in, being sent under their author's name
js-carry-left = { $n } taken in; { $left } not: they bear no seal of their author's phone. Let the author log in on their own phone and send them, or export them again.
js-carry-unreadable = This is no file of unsent work; please have it exported again
js-carry-unsealed = It bears no seal of its author's phone, so nobody else can send it. Let the author log in on their own phone and send it there.
js-logout-file = Export to the foreman
js-logout-now = Try to send now
js-logout-word = The foreman's word
js-net-others = { $n } of others wait on this phone
js-op-full = Not kept: the phone is full. Everything is still on this page; please free some space, then press "Try again".
js-op-lacking = Still missing: { $what }
js-others-choose = Their author must choose; please let them log in
js-others-goes = Goes under their name when there is a network
js-others-over = May not be sent any more; let them log in
js-others-unnamed = Somebody else
js-others-work = { $name }: { $n } waiting
js-queue-count = { $n }
js-queue-count-mb = { $n }, { $mb } MB
js-age-now = just now
js-sent = Sent { $time }
js-sent-lately = Just sent
js-sent-number = Sent { $time }, order { $number }
js-card-field = Item
js-card-carried = Work of { $name }, brought by this phone. Please tell them.
js-card-keep-both = Keep both
js-card-keep-theirs = Keep theirs only
js-card-made = Done at { $time }
js-card-made-photos = Done at { $time }, photos: { $n }
js-card-mine = Yours
js-card-none = Nothing waits to be sent
js-card-theirs = Now
js-card-understood = Understood
js-logout-unsent = { $n } not sent yet. Please send everything before logging out.
js-net-choose = { $n } need your choice
js-net-login = Log in again; work goes on, sending waits
js-net-offline = No network; carry on
js-net-offline-waiting = No network; carry on. { $n } to send
js-net-show = Show
js-net-slow = Slow network; carry on
js-net-waiting = { $n } to send
js-op-choose = You choose
js-op-done = Done
js-op-not-stored = Not stored; please try again
js-op-refused = Not taken
js-op-stored = Stored on this device; sent when there is a network
js-op-waiting = Waiting
js-prepared = Ready, works offline, { $time }
js-begun-holds = { $n } photos and signatures; open it to go on
js-begun-not-kept = A photo or signature is not stored on the phone; it is only on this page. Do not close it: free some space and take it again, or send it now.
js-begun-title = Begun, not sent yet
js-known-mine = Orders kept on the phone
js-known-no-orders = The phone has none of your orders here.
js-known-nobody = There is no network and nobody is logged in; logging in needs the network. Open it again where there is one; what is not sent is still on the phone.
js-known-not = The phone does not have “{ $code }”. You can report now and write where it is; scan or open it again when there is a network.
js-known-order = Order { $code } is not kept on the phone: it keeps those given to you that are not done. Open it again when there is a network.
js-known-orders = Yours to do here
js-known-page = This page needs the network. It opens by itself when there is one.
js-known-report = Report a fault here
js-logout-offline = There is no network, so you cannot log out now. Log out when there is one; until then lock the phone.
js-room-safe = The system will not clear what is kept here.
js-room-short = The phone is nearly full: { $n }% used, { $left } left. Send what waits first, then delete photos, videos or apps you do not need; a full phone keeps no new photos.
js-room-state = { $n }% of the phone's room is used, { $left } left.
js-room-unsafe = A system short of room may clear what is kept here: send it soon.
js-scan-close = Stop scanning
js-scan-found = Found
js-scan-hint = Hold the code in the picture; you can also type its number
js-scan-title = Scan

# Refusals of the kernel
refusal-site-code-shape = A site code has 2 to 12 capital letters or digits, such as GYHY.
refusal-site-code-taken = Another site uses this code. Choose another one.
refusal-zone-unknown = There is no such time zone. Write a name such as Asia/Shanghai.
refusal-json-unreadable = The JSON cannot be read at line { $line }, column { $column }: { $why }
refusal-json-too-deep = The JSON is nested too deeply and was not read. At most 32 levels.
refusal-json-list-too-long = A list in the JSON is too long and was not read. At most 1,000 things; send several requests.
refusal-reactions-too-deep = This step would lead to too many following steps and was not done. Ask the system administrator.

## Tabs on phones
nav-portal-home = Home
nav-portal-services = Services
nav-portal-notices = Notices
nav-portal-me = Me
nav-field-today = Today
nav-field-scan = Scan
nav-field-report = Report
refusal-department-unknown = There is no such department. Choose one from the list.
refusal-place-unknown = There is no such building, stair or home. Check it, such as 1-2-301.
refusal-site-missing = Name the site by its code (site), such as GYHY.

shell-inbox = Messages
shell-inbox-unread = { $n } unread
shell-inbox-bell = { $n ->
    [0] Messages
   *[other] Messages, { $n } unread
 }
