PRAGMA application_id = 1196444487;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES ('RGF93 v1 / Lambert-93', 2154, 'EPSG', 2154, 'undefined', NULL);
CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
  srs_id INTEGER);
INSERT INTO gpkg_contents VALUES ('parcelles', 'features', 'parcelles', '', '2026-07-01T00:00:00Z',
  NULL, NULL, NULL, NULL, 2154);
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));
INSERT INTO gpkg_geometry_columns VALUES ('parcelles', 'geom', 'MULTIPOLYGON', 2154, 0, 0);
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL);
INSERT INTO gpkg_extensions VALUES ('parcelles', 'geom', 'gpkg_rtree_index',
  'http://www.geopackage.org/spec120/#extension_rtree', 'write-only');
CREATE TABLE gpkg_ogr_contents (table_name TEXT NOT NULL PRIMARY KEY, feature_count INTEGER DEFAULT NULL);
INSERT INTO gpkg_ogr_contents VALUES ('parcelles', NULL);
CREATE TABLE parcelles (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTIPOLYGON, id TEXT(14), commune TEXT(5),
  prefixe TEXT(3), section TEXT(2), numero TEXT(4), contenance INTEGER, arpente BOOLEAN, created DATE, updated DATE);
CREATE VIRTUAL TABLE rtree_parcelles_geom USING rtree(id, minx, maxx, miny, maxy);
