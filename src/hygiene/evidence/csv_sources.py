"""How one gets the CSV export of a password manager or a browser, in its makers' words for its menus."""

from __future__ import annotations

from msgspec import Struct

from hygiene.language import N_


class Source(Struct, frozen=True):
    """What makes a kind of file: its reader's id, its name, and how one gets the file."""

    id: str
    product: str
    how: str


SOURCES = (
    Source(
        "chrome-csv",
        "Chrome, Edge, Brave, Opera",
        N_("In the browser’s settings, open the passwords, then choose “Export passwords”."),
    ),
    Source(
        "apple-csv",
        "Apple Passwords, Safari",
        N_("On a Mac, in the Passwords app: File › Export All Passwords to File."),
    ),
    Source("firefox-csv", "Firefox", N_("Open about:logins, then choose ⋯ › Export passwords.")),
    Source(
        "bitwarden-csv",
        "Bitwarden",
        N_("Choose .json rather than .csv, since only .json has dates: Tools › Export."),
    ),
    Source(
        "1password-csv",
        "1Password",
        N_("Choose 1PUX rather than CSV, since only 1PUX has dates: File › Export, on a computer."),
    ),
    Source("lastpass-csv", "LastPass", N_("In your vault in the browser: Advanced Options › Export.")),
    Source("dashlane-csv", "Dashlane", N_("My account › Settings › Export data, in the format CSV.")),
    Source(
        "protonpass-csv",
        "Proton Pass",
        N_("In the web app: Settings › Export. JSON has more in it than CSV."),
    ),
    Source("nordpass-csv", "NordPass", N_("Settings › Export Items.")),
    Source(
        "keepassxc-csv", "KeePassXC", N_("Database › Export › CSV File. The .kdbx file itself tells more.")
    ),
    Source("keepass-csv", "KeePass", N_("File › Export, in the format “KeePass CSV (1.x)”. XML tells more.")),
    Source("roboform-csv", "RoboForm", N_("Options › Account & Data › Export, in the format CSV.")),
    Source("keeper-csv", "Keeper", N_("In the web vault: Settings › Export. JSON has dates, CSV has none.")),
    Source("zoho-csv", "Zoho Vault", N_("Tools › Export Secrets, in the format “Zoho Vault Format CSV”.")),
    Source("synology-csv", "Synology C2 Password", N_("In the web app, choose your picture › Export.")),
    Source("safeincloud-csv", "SafeInCloud", N_("In the app on a computer: File › Export › As CSV.")),
    Source(
        "enpass-csv",
        "Enpass",
        N_("File › Export. Choose .json rather than .csv, since only .json has dates."),
    ),
)
