# The front door and the program's own words.
app-welcome = Welcome
app-welcome-words = Report something, ask, or go to work.
app-welcome-resident = I live here or own a home
app-welcome-staff = I work here
app-nav-settings = Settings
refusal-moment-shape = Write the moment like 2026-03-14T22:47:10+08:00.
