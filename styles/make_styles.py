#!/usr/bin/env python3
"""Writes styles/*.qml and styles/*.sld from the tables below: one description, two formats.

Texts are keys of data/words.toml in braces, {zone_kind.activity}: the program fills them in the reader's language.
`{aliases}` is filled with the titles of the layer's columns. Run: python3 styles/make_styles.py
"""
import pathlib
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).parent

# Five classes of a score, light to dark (viridis turned so that the best is darkest; safe for colour-blind readers).
SCORE = [(0, 40, "#e8e4a0"), (40, 55, "#a6d48a"), (55, 70, "#4fb59a"), (70, 85, "#2a788e"), (85, 100.1, "#3b2a78")]
KINDS = {
    "activity": "#8e5ea2", "mixed": "#d59bc6", "housing": "#f2a65a", "equipment": "#5fa8d3", "open": "#f6dba0",
    "closed": "#c9c9c9", "agricultural": "#f3efc6", "natural": "#b5d8a6", "unknown": "#ffffff",
}


def rgb(color, alpha=255):
    r, g, b = (int(color[i:i + 2], 16) for i in (1, 3, 5))
    return f"{r},{g},{b},{alpha}"


def options(pairs):
    opts = "".join(f'<Option type="QString" name="{k}" value="{escape(str(v))}"/>' for k, v in pairs)
    props = "".join(f'<prop k="{k}" v="{escape(str(v))}"/>' for k, v in pairs)
    return f'<Option type="Map">{opts}</Option>{props}'


def fill(color, alpha=255, line="#6b6b6b", width=0.1, pattern="solid", line_style="solid"):
    return "fill", [("SimpleFill", [
        ("color", rgb(color, alpha)), ("style", pattern), ("outline_color", rgb(line)),
        ("outline_width", width), ("outline_width_unit", "MM"), ("outline_style", line_style)])]


def marker(color, size, shape="circle", line="#ffffff"):
    return "marker", [("SimpleMarker", [
        ("name", shape), ("color", rgb(color)), ("size", size), ("size_unit", "MM"),
        ("outline_color", rgb(line)), ("outline_width", 0.2), ("outline_width_unit", "MM")])]


def pinned(outline, spec):
    """An area with a marker in it: a site of one hectare is less than a pixel of the territory."""
    kind, layers = outline
    return kind, layers + [("CentroidFill", [("point_on_surface", 1), ("point_on_all_parts", 0)], spec)]


def symbol(name, spec):
    kind, layers = spec
    def one(at, cls, pairs, inner=None):
        within = symbol(f"@{name}@{at}", inner) if inner else ""
        return f'<layer class="{cls}" enabled="1" locked="0" pass="0">{options(pairs)}{within}</layer>'
    body = "".join(one(at, *layer) for at, layer in enumerate(layers))
    return f'<symbol type="{kind}" name="{name}" alpha="1" clip_to_extent="1" force_rhr="0">{body}</symbol>'


def rules(items):
    """items: (filter, label, symbol spec)"""
    rows = "".join(
        f'<rule filter="{escape(f, {chr(34): "&quot;"})}" label="{label}" symbol="{i}" key="r{i}"/>'
        for i, (f, label, _) in enumerate(items))
    symbols = "".join(symbol(str(i), spec) for i, (_, _, spec) in enumerate(items))
    return (f'<renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0">'
            f'<rules key="root">{rows}</rules><symbols>{symbols}</symbols></renderer-v2>')


def labeling(expression, size, color, max_scale=None, rule=None):
    if expression is None:
        return ""
    scale = f'scaleVisibility="1" scaleMin="{max_scale}" scaleMax="1"' if max_scale else 'scaleVisibility="0"'
    value = f'CASE WHEN {rule} THEN {expression} END' if rule else expression
    return (f'<labeling type="simple"><settings calloutType="simple"><text-style fieldName="{escape(value, {chr(34): "&quot;"})}" '
            f'isExpression="1" fontFamily="DejaVu Sans" fontSize="{size}" fontSizeUnit="Point" textColor="{rgb(color)}">'
            f'<text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255"/></text-style>'
            f'<placement placement="1"/><rendering {scale} obstacle="0"/></settings></labeling>')


def qml(geometry, renderer, labels, tip, preview):
    number = {"point": 0, "line": 1, "polygon": 2}[geometry]
    enabled = "1" if labels else "0"
    return ("<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
            f'<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|Forms|MapTips" labelsEnabled="{enabled}">'
            f'{renderer}{labels}{{aliases}}<mapTip>{escape(tip)}</mapTip>'
            f'<previewExpression>{escape(preview)}</previewExpression>'
            f'<layerGeometryType>{number}</layerGeometryType></qgis>\n')


# What no other rule takes.
ELSE = "ELSE"


# --- SLD 1.1 -----------------------------------------------------------------------------------------------------
def sld_filter(conditions):
    """conditions: list of (op, column, value[, value2]) joined by And; None for all."""
    if conditions == ELSE:
        return "<se:ElseFilter/>"
    if not conditions:
        return ""
    def one(c):
        op, column, *values = c
        prop = f"<ogc:PropertyName>{column}</ogc:PropertyName>"
        lit = lambda v: f"<ogc:Literal>{v}</ogc:Literal>"
        if op == "=":
            return f"<ogc:PropertyIsEqualTo>{prop}{lit(values[0])}</ogc:PropertyIsEqualTo>"
        if op == ">=":
            return f"<ogc:PropertyIsGreaterThanOrEqualTo>{prop}{lit(values[0])}</ogc:PropertyIsGreaterThanOrEqualTo>"
        if op == "null":
            return f"<ogc:PropertyIsNull>{prop}</ogc:PropertyIsNull>"
        return f"<ogc:PropertyIsLessThan>{prop}{lit(values[0])}</ogc:PropertyIsLessThan>"
    parts = [one(c) for c in conditions]
    body = parts[0] if len(parts) == 1 else f"<ogc:And>{''.join(parts)}</ogc:And>"
    return f"<ogc:Filter>{body}</ogc:Filter>"


def sld_symbol(spec):
    kind, [(_, pairs), *_] = spec
    p = dict(pairs)
    def color(text):
        r, g, b, a = (int(v) for v in text.split(","))
        return f"#{r:02x}{g:02x}{b:02x}", round(a / 255, 3)
    fill_color, opacity = color(p["color"])
    line_color, _ = color(p["outline_color"])
    width = round(float(p["outline_width"]) / 0.28, 2)
    par = lambda n, v: f'<se:SvgParameter name="{n}">{v}</se:SvgParameter>'
    paint = ""
    if p.get("style", "solid") != "no":
        paint = f"<se:Fill>{par('fill', fill_color)}{par('fill-opacity', opacity)}</se:Fill>"
    stroke = f"<se:Stroke>{par('stroke', line_color)}{par('stroke-width', width)}</se:Stroke>"
    if kind == "fill":
        return f"<se:PolygonSymbolizer>{paint}{stroke}</se:PolygonSymbolizer>"
    size = round(float(p["size"]) / 0.28, 1)
    shape = {"circle": "circle", "square": "square", "diamond": "square", "triangle": "triangle"}[p["name"]]
    return (f"<se:PointSymbolizer><se:Graphic><se:Mark><se:WellKnownName>{shape}</se:WellKnownName>{paint}{stroke}</se:Mark>"
            f"<se:Size>{size}</se:Size></se:Graphic></se:PointSymbolizer>")


def sld(name, items):
    body = "".join(
        f"<se:Rule><se:Name>r{i}</se:Name><se:Description><se:Title>{label}</se:Title></se:Description>"
        f"{sld_filter(conditions)}{sld_symbol(spec)}</se:Rule>"
        for i, (conditions, label, spec) in enumerate(items))
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<StyledLayerDescriptor version="1.1.0" '
            'xmlns="http://www.opengis.net/sld" xmlns:se="http://www.opengis.net/se" xmlns:ogc="http://www.opengis.net/ogc">'
            f"<NamedLayer><se:Name>{name}</se:Name><UserStyle><se:Name>{name}</se:Name><se:FeatureTypeStyle>{body}"
            "</se:FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>\n")


def as_filter(conditions):
    if conditions == ELSE:
        return "ELSE"
    words = {"=": lambda c, v: f"\"{c}\" = '{v}'", ">=": lambda c, v: f'"{c}" >= {v}', "<": lambda c, v: f'"{c}" < {v}',
             "null": lambda c: f'"{c}" IS NULL'}
    return " AND ".join(words[op](column, *values) for op, column, *values in conditions)


def write(file, geometry, layer, items, label=None, tip="", preview='"name"'):
    renderer = rules([(as_filter(conditions), text, spec) for conditions, text, spec in items])
    labels = labeling(*label) if label else ""
    (HERE / f"{file}.qml").write_text(qml(geometry, renderer, labels, tip, preview), encoding="utf-8")
    (HERE / f"{file}.sld").write_text(sld(layer, items), encoding="utf-8")


def scored(make, vetoed, uncertain):
    items = [([("=", "verdict", "vetoed")], "{map.vetoed}", vetoed), ([("=", "verdict", "uncertain")], "{map.uncertain}", uncertain)]
    for i, (low, high, color) in enumerate(SCORE):
        items.append(([("=", "verdict", "ranked"), (">=", "score", low), ("<", "score", high)], f"{{score.class_{i + 1}}}", make(color)))
    return items


TIP = "<b>[% \"{0}\" %]</b><br>{{field.score}} : [% format_number(\"score\", 1) %]<br>{{field.reliability}} : [% \"reliability\" %]<br>[% coalesce(\"reason\", '') %]"

polygon = lambda color: fill(color, 225, "#4a4a4a", 0.12)
hatched = fill("#8a8a8a", 255, "#8a8a8a", 0.15, "b_diag")
gray = fill("#d9d9d9", 200, "#9a9a9a", 0.1)
write("parcels", "polygon", "parcels", scored(polygon, gray, hatched), ('"rank"', 8, "#1d1d1d", 25000, '"rank" <= 20'), TIP.format("idu"), '"idu"')
write("terrains", "polygon", "terrains", scored(lambda c: fill(c, 235, "#2a2a2a", 0.1), gray, hatched), ('"rank"', 9, "#1d1d1d", 100000, '"rank" <= 50'), TIP.format("terrain_id"), '"terrain_id"')
write("terrain_net", "polygon", "terrain_net", [([], "{layer.terrain_net}", fill("#ffffff", 0, "#0b6e4f", 0.35, "no", "dash"))], None, '<b>[% "terrain_id" %]</b><br>[% format_number("net_area_m2", 0) %] m²', '"terrain_id"')
write("economic_zones", "polygon", "economic_zones", [
    ([("=", "origin", "site")], "{zone_origin.site}", fill("#8e5ea2", 45, "#6b3f80", 0.4)),
    ([("=", "origin", "zoning")], "{zone_origin.zoning}", fill("#8e5ea2", 25, "#6b3f80", 0.3, "solid", "dash"))], ('"eco_zone"', 7.5, "#5a3370", 50000), '<b>[% coalesce("eco_zone", "eco_zone_id") %]</b><br>[% "area_ha" %] ha', '"eco_zone_id"')
AVAILABILITY = {
    "libre": "#3aa655", "sous-densifié": "#b6d7a8", "friche": "#c98b2b", "en projet": "#7fa7d6", "bâti": "#bdbdbd",
    "non aménageable": "#8a4b4b", "inconnu": "#ffffff",
}
def key_of(word):
    return f'{{availability.{word}}}'
write("land_parcels", "polygon", "land_parcels", [([("=", "availability", word)], key_of(word), fill(color, 170, "#7d7d7d", 0.1)) for word, color in AVAILABILITY.items()], None, '<b>[% "idu" %]</b><br>[% "availability_rule" %]', '"idu"')
write("housing", "polygon", "housing", scored(lambda c: fill(c, 215, "#8a8a8a", 0.15), gray, hatched), ('"name"', 7.5, "#333333", 300000), TIP.format("name"), '"name"')
write("housing_epcis", "polygon", "housing_epcis", scored(lambda c: fill(c, 120, "#333333", 0.6), gray, hatched), ('"name"', 9, "#1d1d1d"), TIP.format("name"), '"name"')
write("housing_epcis_points", "point", "housing_epcis", scored(lambda c: marker(c, 6.0), marker("#d9d9d9", 4.0), marker("#ffffff", 4.4, "circle", "#6b6b6b")), ('"name"', 9, "#1d1d1d"), TIP.format("name"), '"name"')
write("friches_polygons", "polygon", "friches", scored(lambda c: fill(c, 225, "#7a1f1f", 0.4), fill("#d9d9d9", 200, "#9a9a9a", 0.3), fill("#8a8a8a", 255, "#7a1f1f", 0.3, "b_diag")), ('"rank"', 8, "#1d1d1d", 100000, '"rank" <= 20'), TIP.format("site_id"), '"site_id"')
points = scored(lambda c: marker(c, 3.4, "diamond", "#3a1010"), marker("#d9d9d9", 2.2, "diamond", "#9a9a9a"), marker("#ffffff", 2.6, "diamond", "#7a1f1f"))
write("friches", "point", "friches", points, ('"rank"', 8, "#1d1d1d", 400000, '"rank" <= 20'), TIP.format("site_id"), '"site_id"')
write("visits", "point", "visits", [
    ([("<", "visit_order", 6)], "{map.visits_first}", marker("#c4421a", 4.2, "circle", "#ffffff")),
    (ELSE, "{map.visits_then}", marker("#f0a35e", 3.4, "circle", "#7a3a10"))], ('"visit_order"', 8.5, "#1d1d1d", 600000), '<b>[% "site_id" %]</b><br>[% "first_question" %]<br>{field.best_rank} : [% "best_rank" %], {field.worst_rank} : [% "worst_rank" %]', '"site_id"')
write("potential_friches", "polygon", "potential_friches", [
    ([(">=", "n_signs", 2)], "{map.potential_several}", fill("#b5179e", 150, "#5c0a50", 0.4)),
    (ELSE, "{map.potential_one}", fill("#e9a6dd", 150, "#8a2f7c", 0.3))], None, '<b>[% "unit_id" %]</b><br>[% "signs" %]<br>[% "to_do" %]', '"unit_id"')
# Largest first, as the rows are written: the nearer lies on top.
write("isochrones", "polygon", "isochrones", [
    ([("=", "minutes", 30)], "{map.minutes_30}", fill("#dce9f6", 140, "#5b7fa0", 0.15)),
    ([("=", "minutes", 20)], "{map.minutes_20}", fill("#abcfe5", 140, "#5b7fa0", 0.15)),
    ([("=", "minutes", 10)], "{map.minutes_10}", fill("#6baed6", 140, "#5b7fa0", 0.15))], None, '<b>[% coalesce("eco_zone", "eco_zone_id") %]</b><br>[% "minutes" %] min – [% "travel_by" %]<br>{field.communes_reached} : [% "communes_reached" %]', '"eco_zone"')
write("housing_points", "point", "housing", scored(lambda c: marker(c, 3.0), marker("#d9d9d9", 2.0), marker("#ffffff", 2.2, "circle", "#6b6b6b")), ('"name"', 7.5, "#333333", 300000), TIP.format("name"), '"name"')
write("communes", "polygon", "communes", [([], "{map.commune_limits}", fill("#ffffff", 0, "#7d7d7d", 0.25, "no"))], ('"name"', 7.5, "#444444", 300000), '<b>[% "name" %]</b> – [% "epci_name" %]', '"name"')
write("communes_points", "point", "communes", [([], "{layer.communes}", marker("#7d7d7d", 1.6))], ('"name"', 7.5, "#444444", 300000), '<b>[% "name" %]</b> – [% "epci_name" %]', '"name"')
write("zoning", "polygon", "zoning", [([("=", "kind", kind)], f"{{zone_kind.{kind}}}", fill(color, 150, "#8d8d8d", 0.08)) for kind, color in KINDS.items()], ('"label"', 7, "#555555", 10000), '<b>[% "label" %]</b> [% coalesce("long_label", \'\') %]<br>[% "kind_rule" %]', '"label"')
write("anomalies", "point", "anomalies", [
    ([("=", "severity", "error")], "{severity.error}", marker("#b2182b", 3.0, "triangle")),
    ([("=", "severity", "repair")], "{severity.repair}", marker("#ef8a62", 2.4, "square")),
    ([("=", "severity", "warning")], "{severity.warning}", marker("#67a9cf", 2.2))], None, '<b>[% "code" %]</b><br>[% "message" %]', '"message"')

# The inventory of economic zones: land by its occupation, in the standard's words.
OCCUPATION = {
    "occupé": ("occupied", "#8c96c6"), "occupation transitoire": ("transitory", "#bfd3e6"), "vacant": ("vacant", "#f16913"),
    "friche": ("friche", "#a63603"), "inoccupé": ("never-used", "#3aa655"), "inconnu": ("unknown", "#ffffff"),
}
write("terrain_eco", "polygon", "terrain_eco",
      [([("=", "terr_etat_occup", word)], f"{{occupation_class.{key}}}", fill(color, 200, "#4a4a4a", 0.15)) for word, (key, color) in OCCUPATION.items()]
      + [(ELSE, "{occupation_class.other}", fill("#d9d9d9", 200, "#4a4a4a", 0.15, "b_diag"))],
      None, '<b>[% "terr_id" %]</b><br>[% "terr_etat_occup" %]<br>[% "occupation_motif" %]', '"terr_id"')
write("site_eco", "polygon", "site_eco", [([], "{layer.site_eco}", fill("#8e5ea2", 25, "#6b3f80", 0.5))], ('"site_nom"', 8, "#5a3370", 100000), '<b>[% "site_nom" %]</b><br>[% "site_surf_brute" %] ha', '"site_nom"')
write("etablissement", "point", "etablissement", [
    ([("=", "etab_actif", "oui")], "{occupation_class.active}", marker("#1f4e79", 2.2)),
    ([("=", "etab_actif", "non")], "{occupation_class.closed}", marker("#ffffff", 2.2, "circle", "#a63603")),
    (ELSE, "{occupation_class.activity-unknown}", marker("#bdbdbd", 1.8))], None, '<b>[% "siret" %]</b><br>[% "etab_activite_libelle" %]', '"siret"')

# Friches in the CNIG standard: by their status, in its words.
STATUTS = {
    "friche sans projet": ("without-project", "#d7301f"), "friche avec projet": ("with-project", "#f1a340"),
    "friche potentielle": ("potential", "#998ec3"), "friche reconvertie": ("reconverted", "#3aa655"),
}
FRICHE_TIP = '<b>[% "site_nom" %]</b><br>[% "site_type" %]<br>[% "site_statut" %]<br>[% "unite_fonciere_surface" %] m²'
for name, shape, make in [
        ("friches_surface", "polygon", lambda c: pinned(fill(c, 200, "#4a1a10", 0.3), marker(c, 2.2, "circle", "#4a1a10"))),
        ("friches_point", "point", lambda c: marker(c, 3.0, "diamond", "#4a1a10"))]:
    write(name, shape, name,
          [([("=", "site_statut", word)], f"{{friche_statut.{key}}}", make(color)) for word, (key, color) in STATUTS.items()]
          + [(ELSE, "{friche_statut.other}", make("#d9d9d9"))],
          ('"site_id"', 7.5, "#4a1a10", 50000), FRICHE_TIP, '"site_nom"')

# The answer to a request for land: what meets all conditions, what is to be checked, what almost does.
REQUEST_TIP = '<b>[% "candidate_id" %]</b><br>[% "commune_name" %]<br>[% format_number("net_area_m2" / 10000, 2) %] ha<br>'
write("request_candidates", "polygon", "request_candidates", [
    ([("=", "fits", "sure")], "{map.request_sure}", pinned(fill("#2e8b3d", 190, "#0b3d14", 0.5), marker("#2e8b3d", 3.2, "circle", "#0b3d14"))),
    ([("=", "fits", "to-check")], "{map.request_unsure}", pinned(fill("#2e8b3d", 255, "#1b5e20", 0.5, "b_diag"), marker("#ffffff", 2.8, "circle", "#1b5e20")))],
    ('"rank"', 9, "#0b3d14"), REQUEST_TIP + '{field.rank} : [% "rank" %] – {field.score} : [% format_number("score", 1) %]<br>[% coalesce("to_ask", \'\') %]', '"candidate_id"')
write("request_near_misses", "polygon", "request_near_misses", [
    ([], "{map.request_missed}", pinned(fill("#f2b134", 170, "#8a5a00", 0.4), marker("#f2b134", 2.2, "circle", "#8a5a00")))],
    None, REQUEST_TIP + '[% "fails" %]', '"candidate_id"')
