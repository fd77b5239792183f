# Homes and people. Keys by page and part.

## Navigation
estate-nav = Homes and people
estate-nav-matrix = Building chart
estate-nav-homes = Homes
estate-nav-owners = Owners
estate-nav-users = Users
estate-nav-buildings = Buildings and places
estate-nav-labels = QR labels
estate-nav-site = Site settings

## Common
estate-comma = {", "}
estate-list = List
estate-edit = Edit
estate-save = Save
estate-saved = Saved.
estate-back = Back without saving
estate-find = Find
estate-closed = Closed
estate-show-all = Show all
estate-condition = { $what }: { $is }
estate-export-n = Export { $n }
estate-export-building = Export this building
estate-building-named = Building { $code }
estate-all-buildings = All buildings
estate-somebody = Somebody
estate-just-now = just now

## Kinds of places
estate-kind-phase = Phase
estate-kind-building = Building
estate-kind-stair = Stair
estate-kind-floor = Floor
estate-kind-unit = Home
estate-kind-shop = Shop
estate-kind-parking = Parking space
estate-kind-storage = Storage room
estate-kind-garage = Garage
estate-kind-common = Common part
estate-kind-plant-room = Plant room
estate-kind-gate = Gate
estate-kind-checkpoint = Checkpoint

## States and roles
estate-state-vacant = Vacant
estate-state-owner-occupied = Owner-occupied
estate-state-let = Let
estate-undelivered = not delivered
estate-open-orders = Open orders
estate-role-owner = Owner
estate-role-co-owner = Co-owner
estate-role-tenant = Tenant
estate-role-family = Family
estate-role-user = User
estate-party-person = Person
estate-party-company = Company
estate-order-open = open
estate-order-closed = closed

## Columns
estate-col-building = Building
estate-col-stairs = Stairs
estate-col-homes = Homes
estate-col-occupied = Registered
estate-col-delivered-count = Delivered
estate-col-area-total = Floor area in all
estate-col-open = Open orders
estate-col-code = Code
estate-col-kind = Kind
estate-col-name = Name
estate-col-act = Act
estate-col-home = Home
estate-col-state = State
estate-col-area = Floor area
estate-col-inside-area = Inside area
estate-col-delivered = Delivered on
estate-col-floor = Floor
estate-col-use = Use
estate-col-person = Name
estate-col-role = Role
estate-col-phone = Phone
estate-col-from = From
estate-col-to = To
estate-col-when = Time
estate-col-days = From–to

## Buildings and places
estate-buildings-title = Buildings and places
estate-buildings-total = { $n } { $n ->
        [one] building
       *[other] buildings
    }
estate-buildings-none = No buildings yet
estate-buildings-none-why = One line makes a building; all homes can also be imported from Excel.
estate-building-new = New building
estate-place-new = Add a place
estate-place-new-below = Add a place below
estate-tree-title = Phases, common parts, garages and others
estate-tree-none = None yet. Lobbies, plant rooms and gates registered here can be chosen in reports.

## A building in one line
estate-rule = What the building is like
estate-rule-hint = Say building, stairs, floors and homes per floor; areas from left to right with / between. Missing floors: "no floor 13". Shops below: "first floor 6 shops".
estate-rule-example = building 1, 2 stairs, 18 floors, 3 homes per floor, areas 89.37/120.15/65.08, no floor 13
estate-rule-delivered-hint = When the whole building was handed over on one day; empty means not delivered.
estate-rule-preview = Preview
estate-rule-again = Preview again
estate-rule-create = Make these { $n } homes
estate-rule-made = { $n } homes made.
estate-rule-sums = { $building }: { $stairs } stairs, { $floors } floors, { $units } homes, { $area } of floor area. Not saved yet.

## Places
estate-parent = Belongs to
estate-code-hint = As registered, such as 1-2-0301; leading zeros do not count when codes are compared.
estate-name-hint = Not for homes: their code is their name.
estate-place = Place
estate-place-added = Added.
estate-edit-place = Edit details
estate-edit-of = Edit { $code }
estate-close = Close
estate-close-why = For places that were pulled down or merged; their history stays. Not while somebody is registered or an order is open.
estate-close-act = Close { $code }
estate-closed-done = Closed.
estate-below = Below
estate-below-none = Nothing below.

## Building chart
estate-matrix-title = Building chart
estate-matrix-none = No homes yet
estate-matrix-filters = Legend and filters
estate-matrix-stair = Stair { $stair }, { $n } homes
estate-matrix-homes = { $n } homes
estate-matrix-kind = { $kind }, { $n }
estate-orders-open-n = { $n } open

## Homes
estate-homes-title = Homes
estate-homes-search = Home
estate-homes-total = { $n } in all, { $area }
estate-home-new = Add a home

## Owners and users
estate-owners-title = Owners
estate-users-title = Users
estate-roster-none = Nobody registered yet
estate-roster-none-why = Open a home and register people, or import them from Excel.
estate-roster-search = Name, pinyin, last digits of phone
estate-roster-total = { $n } in all
estate-when-past = with those who left

## One household
estate-people = Owners and users
estate-nobody = Nobody is registered here
estate-nobody-why = With an owner registered, reports and notices reach somebody.
estate-add-person = Register somebody
estate-added = Registered.
estate-let = Let
estate-let-why = Registers a tenant. The owner stays.
estate-let-from = Tenancy from
estate-let-done = Tenant registered.
estate-sell = Sell
estate-sell-why = The sellers end on the day of sale, the buyers begin on it. Tenants stay; the past is kept.
estate-sell-day = Day of sale
estate-sell-co-owner = Name of a co-owner
estate-sell-co-owner-phone = Phone of the co-owner
estate-sold = Sold.
estate-correct = Correct
estate-correct-of = Correct the data of { $name }
estate-move-out = Move out
estate-move-out-of = Move out: { $name }
estate-move-out-who = { $name }, { $role }.
estate-move-out-owner = For a sale use "Sell". Where there are co-owners, the first of them becomes the owner.
estate-move-out-day = Day of moving out
estate-move-out-hint = No longer from this day on; still on the day before.
estate-moved-out = Moved out.
estate-from = From
estate-until = Until
estate-until-hint = No longer from this day on. Empty: no end.
estate-later = not yet
estate-gone = moved out
estate-past = Past
estate-phones-hint = Several with commas between; the first one is called first.
estate-identity = Identity number
estate-identity-hint = Kept sealed; showing it needs a reason.
estate-identity-kept = Kept sealed. Fill in only to replace it.
estate-party-kind = Person or company
estate-note = Note
estate-no-phone = No phone registered.
estate-orders = Orders
estate-orders-none = No orders.
estate-all-orders = All orders
estate-new-order = New order
estate-label-one = Print QR label

## Revealing
estate-reveal = Show
estate-reveal-of = Show the numbers of { $name }
estate-reveal-why = Who looked at whose, when and why is kept.
estate-reveal-what = What
estate-reveal-phones = Phones
estate-reveal-reason = Reason
estate-reveal-example = Follow-up of B-0812-017
estate-reveal-kept = Recorded. Not shown any more once you leave this page.

## Find
estate-find-homes = Homes
estate-find-for-home = For this home
estate-find-people = People
estate-find-orders = Orders
estate-find-pages = Pages
estate-find-more = { $n } more, show all
estate-find-more-open = There are more, show all
estate-find-total = { $n } found
estate-find-all-groups = Back to all results
estate-find-nothing = Nothing found for "{ $q }". Try 1-1-101, a name, pinyin initials, the last four digits of a phone, an order number.

## Labels
estate-labels-title = QR labels
estate-labels-why = For doors and plant: a scan says where one is, and leads to a report.
estate-labels-print = Make labels as PDF
estate-labels-size = Paper
estate-labels-size-24 = A4, 24 labels (70 × 37 mm)
estate-labels-size-36 = A4, 36 labels (50 × 30 mm)
estate-labels-size-roll = Label printer (50 × 30 mm)
estate-labels-most = At most { $n } at once
estate-labels-file = QR labels { $site }

## After a scan
estate-scan-why = Something wrong here? Please tell us.
estate-scan-report = Log in and report
estate-scan-call = Call { $phone }

## Site settings
estate-site-name = Name of the site
estate-site-building-word = How buildings are called
estate-site-phone = Phone that is always answered
estate-site-phone-hint = Shown to residents and on error pages.

## Refusals
refusal-place-code-taken = { $code } exists already (leading zeros do not count). Take another code, or change that place.
refusal-place-code-shape = "{ $code }" cannot be a code. Write 1 to 40 characters, such as 1-2-0301.
refusal-place-parent = Such a place cannot stand there. Homes stand below a building or a stair.
refusal-place-kind-unknown = There is no such kind of place.
refusal-place-lived = Somebody is still registered here. Let them move out first.
refusal-place-open-orders = There are open orders here. Finish them first.
refusal-place-has-children = There are places below. Close them first.
refusal-place-closed = It is closed already.
refusal-rule-unreadable = "{ $text }" cannot be understood. Write as in the example: building 1, 2 stairs, 18 floors, 3 homes per floor.
refusal-rule-building-missing = Which building? Write it, such as building 1.
refusal-rule-floors-missing = How many floors? Write them, such as 18 floors.
refusal-rule-homes-missing = How many homes on a floor? Write them, such as 3 homes per floor.
refusal-rule-areas-count = { $areas } areas for { $homes } homes on a floor. Write one for each, or one for all.
refusal-rule-too-many = Too many: a building has at most { $most } homes. Check floors and homes.
refusal-rule-floor-outside = This building has no floor { $floor }. Check the floors.
refusal-occupancy-dates = The end must come after the beginning. Check the days.
refusal-occupancy-already = This person is that already at this time. Check days or role.
refusal-occupancy-owner-there = There is an owner at this time. Choose "Co-owner" for joint owners, "Sell" for a sale.
refusal-occupancy-owner-missing = There is no owner at this time. Register the owner first.
refusal-occupancy-ended = This ended on { $day }.
refusal-occupancy-sold-later = There is an owner from that day or later. Check the day of sale.
refusal-occupancy-buyer-missing = Fill in the name of the buyer.
refusal-occupancy-not-a-home = Nobody can be registered here. Choose a home, shop, parking space or storage room.
refusal-reveal-reason-missing = Write why you need it, such as "follow-up of B-0812-017".
refusal-reveal-nothing = No identity number is kept.
refusal-party-name-missing = Fill in the name of the person or company.
refusal-party-name-long = The name is too long: at most 80 characters.
refusal-estate-phone-shape = "{ $text }" is no phone. Write the 11 digits of a mobile, or a landline with its area code such as 0571-88886666.
refusal-estate-identity-shape = The identity number does not fit. Check it; the last of 18 may be an X.
refusal-estate-day-missing = Choose a day.
refusal-estate-day-shape = The day cannot be read. Write it as 2026-08-12.
refusal-estate-area-shape = The area cannot be read. Write square metres with at most two decimals, such as 89.37.
refusal-estate-role-shape = There is no such role.
refusal-estate-cursor-shape = The cursor cannot be read. Begin with the first page.
refusal-estate-if-match = Send the version you saw in If-Match.
refusal-estate-reveal-what = Only phones or identity can be shown.
refusal-labels-nothing = Nothing to print. Take another kind or building, or tick some first.
refusal-labels-too-many = { $count } labels; at most { $most } at once. Print them building by building.
refusal-labels-long = "{ $text }" does not fit on a label. Take larger paper, or shorten the name.
refusal-site-name-shape = The name of a site has 1 to 40 characters.
refusal-site-building-word = Choose 栋, 幢 or 号楼.
refusal-site-phone-shape = Only digits, spaces, - and +, at most 20.

## Import
estate-import-homes = Import homes and owners
estate-import-staff = Import staff
estate-import-homes-about = Send the list you have: columns in any order and wording; title rows, merged cells and subtotals are understood. You see a preview first, nothing is written before you say so, and it can be undone.
estate-import-staff-about = Send the list you have: name, phone, department, post, first day, login, certificates. You see a preview first. Roles are not granted by a list; grant them on the staff page afterwards.
estate-import-file = Spreadsheet
estate-import-file-hint = .xlsx, .xls or .csv, at most 50 MB; the file is kept for 7 days at most
estate-import-send = Preview
estate-import-template = Download template
estate-import-history = Earlier imports
estate-import-history-none = Nothing was imported yet.
estate-import-file-name = File
estate-import-state = State
estate-import-rows = Rows
estate-import-new = New
estate-import-bad = Rows with errors
estate-import-by = By
estate-import-at = When
estate-import-state-draft = To confirm
estate-import-state-running = Importing
estate-import-state-done = Imported
estate-import-state-undone = Undone
estate-import-state-cancelled = Dropped
estate-import-new-units = New homes
estate-import-new-parties = New people
estate-import-new-occupancies = New registrations
estate-import-new-staff = New staff
estate-import-new-certificates = New certificates
estate-import-new-logins = New logins
estate-import-new-below = not registered yet
estate-import-changed = Changed
estate-import-changed-below = registered, completed or updated
estate-import-unchanged = Rows unchanged
estate-import-unchanged-below = same as registered
estate-import-bad-below = see the table below
estate-import-errors = What is wrong
estate-import-errors-more = { $n } more: see “Download the bad rows”.
estate-import-warnings = What is not taken in
estate-import-warnings-more = { $n } more: mend these and read the file again to see them.
estate-import-bad-download = Download the bad rows
estate-import-bad-rows = Bad rows
estate-import-reason = Reason and remedy
estate-import-error-sheet = Sheet
estate-import-error-row = Row
estate-import-error-column = Column
estate-import-error-value = Value
estate-import-error-what = What to do
estate-import-first-rows = The first rows as understood
estate-import-no-rows = No row was found that could be imported.
estate-import-col-row = Row
estate-import-col-does = Outcome
estate-import-col-home = Home
estate-import-col-area = Floor area (m²)
estate-import-col-delivered = Delivered
estate-import-col-owners = Owners
estate-import-col-tenants = Tenants
estate-import-col-name = Name
estate-import-col-phones = Phone
estate-import-col-department = Department
estate-import-col-post = Post
estate-import-col-login = Login
estate-import-col-certificates = Certificates
estate-import-does-new = New
estate-import-does-changed = Updated
estate-import-does-unchanged = Unchanged
estate-import-does-bad = Error
estate-import-skipped = { $n } places passed over (empty rows, subtotals, notes)
estate-import-skipped-line = { $several ->
    [yes] { $sheet }, rows { $from }–{ $to }: { $why }
   *[no] { $sheet }, row { $from }: { $why }
}
estate-import-skip-row-empty = empty
estate-import-skip-row-subtotal = subtotal or total
estate-import-skip-row-note = note, signature or page number
estate-import-skip-row-repeated-header = header again
estate-import-skip-row-building-heading = heading of a building
estate-import-skip-row-example = example of the template
estate-import-mapping = Columns
estate-import-help-homes = We could not tell which column is the home. Choose the header row and the home (or building, stair, room) under “Columns” below, then “Read it this way”.
estate-import-help-staff = We could not tell which column is the name. Choose the header row and the name under “Columns” below, then “Read it this way”.
estate-import-sheet-used = Read this sheet
estate-import-header-row = Header in row
estate-import-building = Building of rows that name none
estate-import-map-column = Column
estate-import-map-header = Header
estate-import-map-samples = Content
estate-import-map-field = Means
estate-import-map-label = Column { $column } means
estate-import-map-none = Do not import
estate-import-map-unsure = Guessed from the content: please check
estate-import-read-again = Read it this way
estate-import-drop = Drop this import
estate-import-nothing-new = Everything in the list is registered already. There is nothing to write.
estate-import-mode = Rows with errors
estate-import-mode-all-or-nothing = All or nothing
estate-import-mode-all-or-nothing-detail = { $bad } rows have errors: mend the list and send it again
estate-import-mode-good-rows = The good rows only
estate-import-mode-good-rows-detail = { $bad } rows are left out; download them, mend them, import them later
estate-import-run = Import { $n } rows
estate-import-progress = { $done } of { $whole } written
estate-import-waits = Waiting for its turn.
estate-import-running-hint = This page refreshes every 3 seconds; you may leave it. If you drop the import before it ends, nothing is written.
estate-import-cancel = Drop the import
estate-import-said-done = Imported by { $by }, { $at }.
estate-import-said-undone = Undone { $at }; everything imported was taken back.
estate-import-said-cancelled = This import was dropped. Nothing was written.
estate-import-said-gone = The file is past its 7 days. Please send it again.
estate-import-undo = Undo this import
estate-import-undo-hint = Possible while no orders, logins or later registrations depend on it; undo later imports first.
estate-import-flash-run = The import has started or is done
estate-import-flash-cancelled = Dropped; nothing was written
estate-import-undo-ask = Everything that this import brought is taken back. This cannot be reversed; to have it again, import the list again.
estate-import-undo-units = Homes, shops, parking spaces removed
estate-import-undo-frame = Buildings and stairs removed, where they hold no other homes
estate-import-undo-parties = Residents or staff removed
estate-import-undo-occupancies = Registrations at homes removed
estate-import-undo-changed-units = Homes that get back what they said before
estate-import-undo-phones = Phones removed
estate-import-undo-identities = Identity numbers removed
estate-import-undo-staff = Posts removed
estate-import-undo-accounts = Accounts removed
estate-import-undo-certificates = Certificates removed
estate-import-undo-changed-certificates = Certificates that get back their dates
estate-import-undo-counted = What is taken back
estate-import-undo-nothing = This import brought nothing new; only its state changes.
estate-import-undo-yes = Take all this back
estate-import-undo-no = Keep the import
estate-import-flash-undone = Undone
estate-import-lacks = What this site still lacks
estate-import-lacks-none = Nothing: you can start.
estate-import-lack-staff = No staff yet
estate-import-lack-staff-act = Import staff
estate-import-lack-duty-phone = No 24-hour phone yet
estate-import-lack-duty-phone-act = Enter the phone
estate-import-lack-categories = No categories yet
estate-import-lack-categories-act = Set up categories
estate-import-lack-promises = Time limits are the defaults
estate-import-lack-promises-act = Check the limits
estate-import-lack-desk-hours = Desk hours are the defaults
estate-import-lack-desk-hours-act = Check the desk hours
estate-import-lack-stewards = No steward holds a building yet
estate-import-lack-stewards-act = Appoint stewards
estate-import-lack-roles = Nobody has a role at this site yet
estate-import-lack-roles-act = Grant roles
estate-import-lack-buildings = No building yet
estate-import-lack-buildings-act = Make a building by rule
estate-import-lack-homes = No homes yet
estate-import-lack-homes-act = Import homes
estate-import-lack-owners = { $n } homes without an owner
estate-import-lack-owners-act = See homes
estate-import-lack-phones = { $n } homes without a phone
estate-import-lack-phones-act = See owners
estate-import-lack-areas = { $n } homes without an area
estate-import-lack-areas-act = See homes
estate-import-lack-delivery = { $n } homes without a delivery date
estate-import-lack-delivery-act = See homes

estate-import-field-unit = Home (whole code)
estate-import-field-phase = Phase
estate-import-field-building = Building
estate-import-field-stair = Stair
estate-import-field-floor = Floor
estate-import-field-room = Room
estate-import-field-usage = Use
estate-import-field-floor-area = Floor area
estate-import-field-inside-area = Inside area
estate-import-field-delivered-on = Delivered on
estate-import-field-owner = Owner
estate-import-field-owner-phone = Owner’s phone
estate-import-field-owner-id-number = Owner’s ID number
estate-import-field-co-owner = Co-owner
estate-import-field-co-owner-phone = Co-owner’s phone
estate-import-field-tenant = Tenant
estate-import-field-tenant-phone = Tenant’s phone
estate-import-field-tenant-id-number = Tenant’s ID number
estate-import-field-name = Name
estate-import-field-phone = Phone
estate-import-field-department = Department
estate-import-field-post = Post
estate-import-field-joined-on = First day
estate-import-field-staff-number = Staff number
estate-import-field-login = Login
estate-import-field-certificate-name = Certificate
estate-import-field-certificate-number = Certificate number
estate-import-field-valid-until = Certificate valid until
estate-import-field-review-on = Certificate review on
estate-import-field-note = Note (not written)
estate-import-field-ignored = Do not import

estate-import-head-building = Building
estate-import-head-stair = Stair
estate-import-head-room = Room
estate-import-head-owner = Owner
estate-import-head-owner-phone = Owner phone
estate-import-head-owner-id-number = Owner ID number
estate-import-head-floor-area = Floor area (m²)
estate-import-head-inside-area = Inside area (m²)
estate-import-head-delivered-on = Delivery date
estate-import-head-tenant = Tenant
estate-import-head-tenant-phone = Tenant phone
estate-import-head-name = Name
estate-import-head-phone = Mobile
estate-import-head-department = Department
estate-import-head-post = Post
estate-import-head-joined-on = Start date
estate-import-head-staff-number = Staff number
estate-import-head-login = Login
estate-import-head-certificate-name = Certificate
estate-import-head-certificate-number = Certificate number
estate-import-head-valid-until = Valid until
estate-import-head-review-on = Review date
estate-import-head-note = Note
estate-import-template-rules = How to fill in
estate-import-template-homes-sheet = Homes
estate-import-template-homes-examples =
    1|1|101|王桂华、李建国|13800002207||89.37|72.10|2023-05-01|||Example, passed over
    1|1|102|赵敏|13900001234||120.15||2023-05-01|孙梅|13700005678|Example, passed over
estate-import-template-homes-rules =
    One home a row. Building, stair and room may also be one column such as 1-1-101; leave the stair empty where there is none.
    Several owners in one cell: separate them with 、 or ;. The first is the owner, the others co-owners; the phone is the first one’s.
    Empty cells change nothing that is registered.
    Dates such as 2023-05-01 or 2023/5/1.
    Where the owner in the list differs from the registered one, the row is left out: record the sale in the household file.
estate-import-template-staff-sheet = Staff
estate-import-template-staff-examples =
    李建国|13800004321|ENG|综合维修工|2022-03-01|E012|lijianguo|CRT-05:low_voltage|T330102198801011234|2028-03-01|2027-03-01|Example, passed over
    陈芳|13900008765|CS|前台接待|2023-07-15|C003|chenfang|||||Example, passed over
estate-import-template-staff-rules =
    One person a row; further certificates in further rows with the same name and phone.
    Department by its code or name: CS, ENG, SEC, CLN, GRN, OPS, FIN.
    Logins in small letters and digits. People set their password by a link from the staff page.
    Empty cells change nothing that is registered. Roles are not granted by a list.

estate-import-fault-unit-missing = No home is named. Add it, such as 1-2-301.
estate-import-fault-unit-unreadable = This home cannot be read. Write 1-2-301.
estate-import-fault-unit-building-missing = A room without its building. Add the building, or fill in “Building of rows that name none” under “Columns”.
estate-import-fault-unit-is-date = Excel made a date of it: { $day }. Format the column as text and type it again.
estate-import-fault-unit-ambiguous = Without the stair several homes fit: { $homes }. Write the whole code.
estate-import-fault-unit-not-a-home = This code is a building, a stair or a common part here, not a home. Check it.
estate-import-fault-unit-closed = This home is closed. Check it on its page first.
estate-import-fault-building-implausible = No building is called so. Write 3 or Building 3; for a shop or a parking space of no building write S-3 or B1-012 and leave the building empty.
estate-import-fault-duplicate-unit = The same home as { $sheet }, row { $row }. Make one row of them; several owners in one cell.
estate-import-fault-area-unreadable = This area cannot be read. Write a number such as 89.37.
estate-import-fault-area-out-of-range = The area should be between { $min } and { $max } m². Check it.
estate-import-fault-inside-area-larger = The inside area is larger than the floor area ({ $floor_area }). Check whether they were swapped.
estate-import-fault-phone-unreadable = Neither a mobile nor a landline. Write 11 digits, or a landline with its area code.
estate-import-fault-phone-masked = Digits are hidden by asterisks. Write the whole number or leave it empty.
estate-import-fault-date-unreadable = This date cannot be read. Write 2023-05-01.
estate-import-fault-date-incomplete = Month or day is missing. Write the whole date, such as 2023-05-01.
estate-import-fault-date-ambiguous = Month and day cannot be told apart. Write it as 2023-05-06.
estate-import-fault-date-out-of-range = Dates lie between 1949 and 2100. Check it.
estate-import-fault-date-unknown = The date is said to be unknown; it stays empty and the rest of the row is taken in. Add it once it is known.
estate-import-fault-name-unreadable = This is no name of a person or a company. Check it.
estate-import-fault-name-missing = A phone or an ID number without a name. Add the name.
estate-import-fault-name-remark = There is a remark in the name, so we cannot tell who it is now. Write the present person only; record sales and moving out in the household file.
estate-import-fault-id-number-unreadable = The ID number has the wrong length; it is left out and the rest of the row is taken in. Check and add it.
estate-import-fault-id-number-check = The check digit of the ID number is wrong; it is left out and the rest of the row is taken in. Check and add it.
estate-import-fault-id-number-rounded = Excel took the ID number for a number and lost its last digits; it is left out and the rest of the row is taken in. Format the column as text and type it again.
estate-import-fault-id-number-unassigned = There are not as many ID numbers as names; they are left out and the rest of the row is taken in. Write one for each, or only the first one’s.
estate-import-fault-floor-unreadable = This floor cannot be read. Write a number such as 3 or -1.
estate-import-fault-duplicate-staff = The same person as { $sheet }, row { $row }. Make one row of them.
estate-import-fault-staff-number-twice = { $name } in { $sheet }, row { $row }, has this staff number, too. Check it: one number for each person.
estate-import-fault-staff-number-taken = This staff number is registered for { $name }. Check it: one number for each person.
estate-import-fault-login-twice = { $name } in { $sheet }, row { $row }, has this login, too. Choose another one.
estate-import-fault-certificate-name-missing = A certificate number or date without the certificate’s name: the certificate is left out, the person is taken in. Add the name.
estate-import-fault-owner-differs = The registered owner is { $now }. If the home was sold, record the sale in the household file; if it is the same person, make the names alike.
estate-import-fault-tenant-differs = The registered tenant is { $now }. If the tenant changed, record the moving out in the household file first.
estate-import-fault-occupant-left = This person left the home on { $day }. If they are back, register them in the household file.
estate-import-fault-identity-differs = The ID number of { $name } differs from the registered one. Check it; correct it in the household file.
estate-import-fault-department-missing = No department. Add it.
estate-import-fault-department-unknown = There is no such department. This site has: { $known }.
estate-import-fault-staff-post-differs = This person’s post is { $now }. Move them on the staff page.
estate-import-fault-login-shape = A login has 2–40 letters, digits or . _ - @.
estate-import-fault-login-differs = This person has an account with the login { $now }. Make them alike or leave it empty.
estate-import-fault-login-taken = Somebody has this login. Choose another one.
estate-import-fault-certificate-unknown = This kind of certificate is not known: it is left out, the person is taken in. Write its full name, or a code such as CRT-01.
estate-import-fault-certificate-number-missing = “{ $name }” has no certificate number, or one of more than 60 characters: it is left out, the person is taken in. Add the number.
estate-import-fault-column-mixed = This column holds several things, or does not say whose they are; it is not read. Choose its meaning under “Columns”. A phone is a login: when in doubt, leave it out.
estate-import-fault-home-of-space = This sheet lists parking spaces or shops; the column of homes only says where the owner lives and is not used. The space is registered under its owner.
estate-import-fault-space-of-home = This sheet lists homes; the column of parking spaces (shops) is not used. To register them, send a sheet of their own: space, owner, phone.
estate-import-fault-occupancy-unused = This column is not used; it says of { $n } homes that nobody lives there. Owner-occupied, let and vacant follow from who is registered: a home with an owner and no tenant shows as owner-occupied.

refusal-file-empty = The file is empty. Please choose another one.
refusal-file-encrypted = The file needs a password and cannot be read. Remove the password in Excel and send it again.
refusal-file-broken = The file is damaged and cannot be read. Open it in Excel, save a copy and send that.
refusal-file-foreign = { $kind ->
    [pdf] This is a PDF, not a spreadsheet.
    [image] This is a picture, not a spreadsheet.
    [word] This is a text document, not a spreadsheet.
    [html] This is a web page saved as a spreadsheet and cannot be read.
    [xml] This is an XML spreadsheet and cannot be read.
    [ods] This is an ODS spreadsheet and cannot be read.
    [xlsb] This is an XLSB spreadsheet and cannot be read.
   *[other] This is no spreadsheet.
} Send an .xlsx, .xls or .csv file; open others in Excel and save them as .xlsx.
refusal-archive-too-many-entries = The file has more parts than a spreadsheet has and was not read. Save a copy in Excel and send that.
refusal-archive-ratio = The file is compressed in an unusual way and was not read. Save a copy in Excel and send that.
refusal-file-too-large = The spreadsheet is too large. Send it in several parts.
refusal-import-file-missing = No file arrived. Choose the spreadsheet to import.
refusal-import-kind-unknown = There is no such import. Write homes or staff.
refusal-import-columns = We could not tell the column of the home or the name. Choose it under “Columns” on the preview page.
refusal-import-has-errors = { $rows } rows have errors, so nothing was imported. Mend them and send the file again, or choose “The good rows only”.
refusal-import-nothing-good = Every row has an error; nothing was imported. Mend them as the table says and send the file again.
refusal-import-not-draft = This import was dealt with already. See its result, or send the file again.
refusal-import-not-running = It has ended already. If you do not want it, undo the import.
refusal-import-cancelled = The import was dropped; nothing was written.
refusal-import-file-gone = The file is past its 7 days. Please send it again.
refusal-import-later = There is a later import. Undo that one first.
refusal-import-depends = It cannot be undone: { $what ->
    [orders] { $count } orders use these homes or people.
    [accounts] { $count } of the accounts were opened, used or got a role.
    [people] { $count } residents or staff were registered since.
    [bindings] { $count } requests to bind a phone use these homes.
    [notices] { $count } notices went to these people.
    [stewards] { $count } of the places are held by a steward.
    [places] { $count } places were added below these homes.
   *[changes] { $count } of the entries were changed since.
} Correct them one by one.
estate-nav-import = Import
estate-import-cli = { $rows } rows: { $create }; { $change }; { $unchanged } rows unchanged; { $bad } rows with errors; { $left } values not taken in
estate-import-cli-nothing-new = nothing new
estate-import-cli-nothing-changed = nothing changed
estate-import-cli-count = { $word } { $n }
estate-import-cli-join = {", "}
estate-import-cli-dry = Only read: nothing was written.
estate-import-cli-errors = With errors, these rows were left out:
estate-import-cli-line = { $sheet }, row { $row }{ $column ->
    [none] {""}
   *[other] , { $column }
}{ $value ->
    [none] {""}
   *[other] {" "}“{ $value }”
}: { $what }
estate-import-cli-unreadable-file = { $file } cannot be read: { $cause }. Check the path and the permissions.
estate-import-cli-kind = Write homes or staff.
estate-import-cli-no-site = There is no site { $site }. There are: { $sites }.
estate-import-cli-which-site = Name the site with --site. There are: { $sites }.
estate-import-cli-has-errors = { $rows } rows have errors, so nothing was imported. Use --dry-run to see which, mend them and import again; or leave out --all-or-nothing to import the good rows only.
estate-import-cli-columns = We could not tell the column of the home or the name. Call its header Home or Name; or send the file on the import page and choose the columns there.
estate-import-cli-nothing-good = Every row has an error; nothing was imported. Use --dry-run to see each reason.
estate-import-changed-units = Homes changed
estate-import-changed-parties = People completed
estate-import-changed-certificates = Certificates renewed
