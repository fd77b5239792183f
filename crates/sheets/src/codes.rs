//! Every code this crate can say to a person. The words come from the message catalogue, by the code; a test there
//! walks [`all_codes`], so a new case here without words stops the build.

/// Declares an enum whose cases each have one stable snake_case code, and the list of all of them.
macro_rules! coded {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $case:ident = $code:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$doc])* $case,)* }
        impl $name {
            /// All cases, in the order of their declaration.
            pub const ALL: &[$name] = &[$($name::$case,)*];
            /// The stable code: catalogue key and API value.
            pub fn code(self) -> &'static str {
                match self { $($name::$case => $code,)* }
            }
        }
    };
}

coded! {
    /// What is wrong with one cell or one row.
    Fault {
        /// No home is named in a row that holds something else.
        UnitMissing = "unit_missing",
        /// The text names no home in any form we know.
        UnitUnreadable = "unit_unreadable",
        /// A room without a building: no column, no sheet name and no heading says which.
        UnitBuildingMissing = "unit_building_missing",
        /// Excel turned `3-12` into a date; args: day.
        UnitIsDate = "unit_is_date",
        /// No building is called so.
        BuildingImplausible = "building_implausible",
        /// The home stands in an earlier row; args: row, sheet.
        DuplicateUnit = "duplicate_unit",
        /// Not an area in m².
        AreaUnreadable = "area_unreadable",
        /// An area outside what a home can have; args: min, max.
        AreaOutOfRange = "area_out_of_range",
        /// The inside area is larger than the floor area; args: floor_area.
        InsideAreaLarger = "inside_area_larger",
        /// Neither a mobile nor a fixed number.
        PhoneUnreadable = "phone_unreadable",
        /// Digits are hidden by asterisks.
        PhoneMasked = "phone_masked",
        /// Not a calendar day.
        DateUnreadable = "date_unreadable",
        /// A month or year without a day.
        DateIncomplete = "date_incomplete",
        /// `5/6/2023` may be May or June.
        DateAmbiguous = "date_ambiguous",
        /// Before 1949 or after 2100.
        DateOutOfRange = "date_out_of_range",
        /// Said to be unknown: left empty.
        DateUnknown = "date_unknown",
        /// Not a person's or company's name.
        NameUnreadable = "name_unreadable",
        /// A remark where the name should be: who the person is now, only a person can say.
        NameRemark = "name_remark",
        /// Staff without a name.
        NameMissing = "name_missing",
        /// Not the shape of an identity number.
        IdNumberUnreadable = "id_number_unreadable",
        /// The check digit does not fit.
        IdNumberCheck = "id_number_check",
        /// Stored as a number, so Excel lost its last digits.
        IdNumberRounded = "id_number_rounded",
        /// Several identity numbers, but not one for each name.
        IdNumberUnassigned = "id_number_unassigned",
        /// Not a floor.
        FloorUnreadable = "floor_unreadable",
        /// The staff number or log-in stands in an earlier row; args: row, sheet.
        DuplicateStaff = "duplicate_staff",
        /// The staff number is another person's in an earlier row; args: row, sheet, name.
        StaffNumberTwice = "staff_number_twice",
        /// The log-in is another person's in an earlier row; args: row, sheet, name.
        LoginTwice = "login_twice",
        /// A certificate number or date without the certificate's name.
        CertificateNameMissing = "certificate_name_missing",
        /// The column holds several things, or we cannot tell whose they are; it is not read.
        ColumnMixed = "column_mixed",
        /// The home of a parking space's owner; it is not read.
        HomeOfSpace = "home_of_space",
        /// The parking space of a home's owner; it is not read.
        SpaceOfHome = "space_of_home",
        /// How homes are lived in; it is not read; args: n (how many stand empty).
        OccupancyUnused = "occupancy_unused",
    }
}

impl Fault {
    /// Only the cell is left out and the row is taken: what it holds can be entered later, and nothing else hangs on it.
    pub fn keeps_row(self) -> bool {
        use Fault::{
            CertificateNameMissing, ColumnMixed, DateUnknown, HomeOfSpace, IdNumberCheck, IdNumberRounded,
            IdNumberUnassigned, IdNumberUnreadable, OccupancyUnused, SpaceOfHome,
        };
        matches!(
            self,
            IdNumberCheck
                | IdNumberRounded
                | IdNumberUnassigned
                | IdNumberUnreadable
                | DateUnknown
                | CertificateNameMissing
                | ColumnMixed
                | HomeOfSpace
                | SpaceOfHome
                | OccupancyUnused
        )
    }
}

coded! {
    /// Why a row was passed over without an error.
    SkipReason {
        /// Nothing in it.
        Empty = "row_empty",
        /// A subtotal or total.
        Subtotal = "row_subtotal",
        /// A note, a signature line, a page number.
        Note = "row_note",
        /// The header again, as on each printed page.
        RepeatedHeader = "row_repeated_header",
        /// A heading inside the data that names the building of the rows below.
        BuildingHeading = "row_building_heading",
        /// An example row left over from our template.
        Example = "row_example",
    }
}

coded! {
    /// Why a column was given its field, or none.
    Reason {
        /// The header is exactly a known word.
        HeaderExact = "header_exact",
        /// The header ends in a known word.
        HeaderSimilar = "header_similar",
        /// The header above it says whose it is.
        HeaderGroup = "header_group",
        /// It was mapped so last time.
        Remembered = "remembered",
        /// The column to its left says whose it is.
        Neighbour = "neighbour",
        /// What stands in the column looks like it.
        Content = "content",
        /// Another column is the better one for this field.
        SecondColumn = "second_column",
        /// Several things in one column, or somebody's whom we cannot tell.
        Mixed = "mixed_column",
        /// Another column is the place of this list's rows.
        OtherPlace = "other_place",
        /// Nothing we know.
        Unknown = "unknown_column",
        /// The sheet's name is the building.
        SheetName = "sheet_name",
    }
}

/// Every code of this crate: row faults, skip reasons, mapping reasons, file errors.
pub fn all_codes() -> Vec<&'static str> {
    let faults = Fault::ALL.iter().map(|case| case.code());
    let skips = SkipReason::ALL.iter().map(|case| case.code());
    let reasons = Reason::ALL.iter().map(|case| case.code());
    faults.chain(skips).chain(reasons).chain(crate::ReadError::CODES.iter().copied()).collect()
}
