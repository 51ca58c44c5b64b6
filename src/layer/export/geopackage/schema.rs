//! The tables that make an SQLite file a GeoPackage, as OGC 12-128r17 (version 1.3) tells them.

use geo::Rect;
use rusqlite::{Connection, params};

use super::super::about::About;
use super::super::columns::Kind;

/// WGS84, by its number at EPSG and in the file.
pub(super) const WGS84: i32 = 4326;

/// The layer of the file.
pub(super) struct Layer {
    pub(super) name: String,
    title: &'static str,
    pub(super) is_drawn: bool,
    /// Columns as SQL, without key and geometry.
    columns: String,
    /// What the file says about when it was changed; a fixed moment unless one is given, for no clock is read.
    changed: String,
}

/// The moment that is written when none is given.
const NO_MOMENT: &str = "1970-01-01T00:00:00.000Z";

impl Layer {
    pub(super) fn new(about: &About) -> Layer {
        let kind = |kind: Kind| match kind {
            Kind::Text | Kind::Json => "TEXT",
            Kind::Whole => "INTEGER",
            Kind::Real => "DOUBLE",
            Kind::Flag => "BOOLEAN",
            Kind::Day => "DATE",
        };
        let columns: Vec<String> = about.columns.iter().map(|c| format!("\"{}\" {}", c.name, kind(c.kind))).collect();
        Layer {
            name: about.collection.name().replace('-', "_"),
            title: about.collection.name(),
            is_drawn: about.collection.is_drawn(),
            columns: columns.join(", "),
            changed: about.exported.clone().unwrap_or_else(|| NO_MOMENT.to_owned()),
        }
    }

    /// The statement that adds a box to the index.
    pub(super) fn index_insert(&self) -> String {
        format!("INSERT INTO rtree_{}_geom VALUES (?, ?, ?, ?, ?)", self.name)
    }
}

/// What every GeoPackage has; the reference systems are those that the standard demands.
const FRAME: &str = r#"
PRAGMA application_id = 0x47504B47;
PRAGMA user_version = 10300;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
BEGIN;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system');
INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system');
INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84 geodetic', 4326, 'EPSG', 4326,
  'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]',
  'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
  srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name), CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset',
  md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER,
  timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
INSERT INTO gpkg_extensions VALUES ('gpkg_metadata', NULL, 'gpkg_metadata', 'http://www.geopackage.org/spec130/#extension_metadata', 'read-write');
INSERT INTO gpkg_extensions VALUES ('gpkg_metadata_reference', NULL, 'gpkg_metadata', 'http://www.geopackage.org/spec130/#extension_metadata', 'read-write');
"#;

/// Where the format of the metadata is told: it is our own, JSON.
const METADATA_STANDARD: &str = "urn:dalil:provenance";

/// Makes the tables; one transaction stays open.
pub(super) fn begin(connection: &Connection, layer: &Layer, provenance: &str) -> rusqlite::Result<()> {
    connection.execute_batch(FRAME)?;
    let Layer { name, title, columns, changed, .. } = layer;
    connection
        .execute("INSERT INTO gpkg_metadata VALUES (1, 'dataset', ?, 'application/json', ?)", params![METADATA_STANDARD, provenance])?;
    connection.execute("INSERT INTO gpkg_metadata_reference VALUES ('geopackage', NULL, NULL, NULL, ?, 1, NULL)", params![changed])?;
    let data_type = if layer.is_drawn { "features" } else { "attributes" };
    let srs = layer.is_drawn.then_some(WGS84);
    let contents = "INSERT INTO gpkg_contents VALUES (?, ?, ?, '', ?, NULL, NULL, NULL, NULL, ?)";
    connection.execute(contents, params![name, data_type, title, changed, srs])?;
    let geometry = if layer.is_drawn { ", geom GEOMETRY" } else { "" };
    connection.execute_batch(&format!("CREATE TABLE \"{name}\" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL{geometry}, {columns});"))?;
    if layer.is_drawn {
        connection.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'GEOMETRY', ?, 0, 0)", params![name, WGS84])?;
        let definition = "http://www.geopackage.org/spec130/#extension_rtree";
        connection
            .execute("INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index', ?, 'write-only')", params![name, definition])?;
        connection.execute_batch(&format!("CREATE VIRTUAL TABLE rtree_{name}_geom USING rtree(id, minx, maxx, miny, maxy);"))?;
    }
    Ok(())
}

/// Tells the bounds, makes the triggers that keep the index true in other programs, and ends the transaction. The triggers come last:
/// they call functions that a program which writes geometries brings, and this one does not.
pub(super) fn finish(connection: &Connection, layer: &Layer, bounds: Option<Rect>) -> rusqlite::Result<()> {
    if let Some(bounds) = bounds {
        let sides = params![bounds.min().x, bounds.min().y, bounds.max().x, bounds.max().y];
        connection.execute("UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ?", sides)?;
    }
    if layer.is_drawn {
        connection.execute_batch(&TRIGGERS.replace("<t>", &layer.name))?;
    }
    connection.execute_batch("COMMIT;")
}

/// The triggers of the R-tree extension (Annex F.3), `<t>` the layer, with key `fid` and geometry `geom`.
const TRIGGERS: &str = r#"
CREATE TRIGGER "rtree_<t>_geom_insert" AFTER INSERT ON "<t>" WHEN (new.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
  INSERT OR REPLACE INTO "rtree_<t>_geom" VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
END;
CREATE TRIGGER "rtree_<t>_geom_update1" AFTER UPDATE OF geom ON "<t>" WHEN OLD.fid = NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
  INSERT OR REPLACE INTO "rtree_<t>_geom" VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
END;
CREATE TRIGGER "rtree_<t>_geom_update2" AFTER UPDATE OF geom ON "<t>" WHEN OLD.fid = NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
BEGIN
  DELETE FROM "rtree_<t>_geom" WHERE id = OLD.fid;
END;
CREATE TRIGGER "rtree_<t>_geom_update3" AFTER UPDATE ON "<t>" WHEN OLD.fid != NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
  DELETE FROM "rtree_<t>_geom" WHERE id = OLD.fid;
  INSERT OR REPLACE INTO "rtree_<t>_geom" VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
END;
CREATE TRIGGER "rtree_<t>_geom_update4" AFTER UPDATE ON "<t>" WHEN OLD.fid != NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
BEGIN
  DELETE FROM "rtree_<t>_geom" WHERE id IN (OLD.fid, NEW.fid);
END;
CREATE TRIGGER "rtree_<t>_geom_delete" AFTER DELETE ON "<t>" WHEN old.geom NOT NULL
BEGIN
  DELETE FROM "rtree_<t>_geom" WHERE id = OLD.fid;
END;
"#;
