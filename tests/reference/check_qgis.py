#!/usr/bin/python3
"""Opens a delivered GeoPackage as QGIS does, without a screen, and checks what a reader would see.

    /usr/bin/python3 tests/reference/check_qgis.py FILE.gpkg [PICTURE.png]

One line per check; exit status 1 when any failed, 2 when PyQGIS or the file is missing.
"""

import os
import sqlite3
import sys
import tempfile

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QGIS_CUSTOM_CONFIG_PATH", tempfile.mkdtemp(prefix="qgis-profile-"))

try:
    from qgis.core import (
        Qgis, QgsApplication, QgsCoordinateReferenceSystem, QgsExpression, QgsExpressionContext,
        QgsExpressionContextUtils, QgsMapRendererSequentialJob, QgsMapSettings, QgsProject, QgsRectangle,
        QgsRenderContext, QgsRuleBasedRenderer, QgsVectorLayer)
    from qgis.PyQt.QtCore import QSize
    from qgis.PyQt.QtGui import QColor
except ImportError as error:
    print(f"PyQGIS is not here: {error}")
    sys.exit(2)

LAMBERT = "EPSG:2154"
MUST_BE_VALID = ("communes", "economic_zones", "terrains", "zoning")
MAY_BE_EMPTY = "anomalies"  # a reading without anything to say
failures = 0


def check(what, ok, detail=""):
    global failures
    failures += not ok
    print(f"{'ok  ' if ok else 'FAIL'} {what}{f': {detail}' if detail else ''}", flush=True)


def tables(path):
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    names = [name for (name,) in db.execute("SELECT table_name FROM gpkg_contents WHERE data_type = 'features' ORDER BY rowid")]
    db.close()
    return names


def rules(renderer):
    return renderer.rootRule().descendants() if isinstance(renderer, QgsRuleBasedRenderer) else []


def fields_of(layer):
    """Every field that the style names: in the filters of its rules and in its labels."""
    used = set()
    for rule in rules(layer.renderer()):
        if rule.filterExpression() and not rule.isElse():
            expression = QgsExpression(rule.filterExpression())
            check(f"{layer.name()}: filter of « {rule.label()} » is understood", not expression.hasParserError())
            used |= set(expression.referencedColumns())
        if rule.symbol():
            used |= set(rule.symbol().usedAttributes(QgsRenderContext()))
    if layer.labelsEnabled() and layer.labeling():
        for provider in layer.labeling().subProviders():
            settings = layer.labeling().settings(provider)
            if not settings.fieldName:
                continue
            used |= set(QgsExpression(settings.fieldName).referencedColumns() if settings.isExpression
                        else [settings.fieldName])
    return used - {"#!allattributes!#"}


def one_layer(path, name):
    options = QgsVectorLayer.LayerOptions()
    options.loadDefaultStyle = True
    layer = QgsVectorLayer(f"{path}|layername={name}", name, "ogr", options)
    check(f"{name}: opens", layer.isValid())
    if not layer.isValid():
        return None
    check(f"{name}: reference system", layer.crs().authid() == LAMBERT, layer.crs().authid())

    renderer = layer.renderer()
    check(f"{name}: the file's style is applied", renderer is not None and renderer.type() == "RuleRenderer",
          renderer.type() if renderer else "none")
    check(f"{name}: rules", len(rules(renderer)) > 0, str(len(rules(renderer))))
    known = {field.name() for field in layer.fields()}
    unknown = fields_of(layer) - known
    check(f"{name}: no unknown field in the style", not unknown, " ".join(sorted(unknown)))

    read = invalid = null = drawn = 0
    filters = [QgsExpression(rule.filterExpression()) for rule in rules(renderer) if rule.filterExpression() and not rule.isElse()]
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    for expression in filters:
        expression.prepare(context)
    everything = any(not rule.filterExpression() or rule.isElse() for rule in rules(renderer) if rule.symbol())
    for feature in layer.getFeatures():
        read += 1
        geometry = feature.geometry()
        null += geometry.isNull()
        if name in MUST_BE_VALID:
            invalid += not geometry.isGeosValid()
        if not everything:
            context.setFeature(feature)
            drawn += any(expression.evaluate(context) for expression in filters)
    check(f"{name}: reads what it announces", read == layer.featureCount() and (read > 0 or name == MAY_BE_EMPTY),
          f"{read} of {layer.featureCount()}")
    check(f"{name}: every feature has a shape", null == 0)
    if name in MUST_BE_VALID:
        check(f"{name}: every shape is valid", invalid == 0, f"{invalid} are not" if invalid else "")
    if not everything:
        check(f"{name}: every feature falls under a rule", drawn == read, f"{drawn} of {read}")

    aliases = sum(bool(field.alias()) for field in layer.fields())
    wanted = len(layer.fields()) - 1  # fid needs none
    check(f"{name}: aliases", aliases >= wanted, f"{aliases} of {wanted}")
    bounds = QgsRectangle(0, 6000000, 1300000, 7200000)
    check(f"{name}: lies in metropolitan France", read == 0 or bounds.contains(layer.extent()))
    return layer


def picture(layers, out):
    """Draws every layer over white; a picture with few colours is a blank one."""
    order = sorted(layers, key=lambda layer: (layer.geometryType(), -layer.extent().width()))
    extent = QgsRectangle()
    for layer in layers:
        extent.combineExtentWith(layer.extent())
    extent.scale(1.05)
    settings = QgsMapSettings()
    settings.setLayers(order)
    settings.setDestinationCrs(QgsCoordinateReferenceSystem(LAMBERT))
    settings.setBackgroundColor(QColor("white"))
    settings.setExtent(extent)
    settings.setOutputSize(QSize(1000, 1200))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    check("picture: drawn without complaint", not job.errors(), " ".join(e.message for e in job.errors()))
    seen = [image.pixel(x, y) for x in range(0, image.width(), 5) for y in range(0, image.height(), 5)]
    painted = sum(pixel != 0xFFFFFFFF for pixel in seen) / len(seen)
    # Economic zones are one part in a hundred of their territory, the candidates of a request a few marks on it.
    check("picture: not blank", len(set(seen)) > 8 and painted > 0.001,
          f"{len(set(seen))} colours, {painted:.1%} painted")
    if out:
        check("picture: written", image.save(out), out)


def main():
    if len(sys.argv) not in (2, 3) or not os.path.isfile(sys.argv[1]):
        print(__doc__)
        return 2
    path = os.path.abspath(sys.argv[1])
    application = QgsApplication([], False)
    application.initQgis()
    names = tables(path)
    check("feature tables", bool(names), " ".join(names))
    layers = [layer for layer in (one_layer(path, name) for name in names) if layer]
    QgsProject.instance().addMapLayers(layers)
    if layers:
        picture(layers, sys.argv[2] if len(sys.argv) == 3 else None)
    print(f"{'PASS' if failures == 0 else 'FAIL'} QGIS {Qgis.QGIS_VERSION}, {os.path.basename(path)}: {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    os._exit(status)  # tearing PyQGIS down in order crashes some versions
