"""QGIS without a window: every collection through its OAPI – Features provider, with paging, a box and a condition."""

import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from asked import BBOX, DRAWN, Server, Told, missing

try:
    from qgis.core import Qgis, QgsApplication, QgsFeatureRequest, QgsRectangle, QgsVectorDataProvider, QgsVectorLayer
except ImportError:
    missing("qgis.core (apt-get install python3-qgis)")
server, told = Server(sys.argv[1]), Told("qgis")
print("QGIS", Qgis.QGIS_VERSION)
application = QgsApplication([], False)
application.initQgis()


def layer(name: str, more: str = "") -> "QgsVectorLayer":
    uri = f" pageSize='7' pagingEnabled='true' typename='{name}' url='{server.address}/api' version='OGC_API_FEATURES' {more}"
    # Given as a WFS of that version, the provider for the new interface takes it over; by its name it is the same.
    return QgsVectorLayer(uri, name, "OAPIF")


def counted(source: "QgsVectorLayer", request: "QgsFeatureRequest") -> int:
    return sum(1 for _ in source.getFeatures(request))


for name in server.collections():
    source = layer(name)
    if not source.isValid():
        told.same(f"{name}: opened", source.error().message(), "")
        continue
    told.same(f"{name}: read in pages of 7", counted(source, QgsFeatureRequest()), server.matched(name))
    told.same(f"{name}: count", source.featureCount(), server.matched(name))
    if name == "places":
        can_add = bool(source.dataProvider().capabilities() & QgsVectorDataProvider.AddFeatures)
        # Versions before 3.32 cannot edit over this interface at all.
        told.same("places: editing is offered", can_add, Qgis.QGIS_VERSION_INT >= 33200)
for name in DRAWN:
    request = QgsFeatureRequest().setFilterRect(QgsRectangle(*BBOX))
    restricted = layer(name, "restrictToRequestBBOX='1'")
    told.same(f"{name}: bbox", counted(restricted, request), server.matched(name, bbox=",".join(map(str, BBOX))))
for condition, cql in [("\"country\" = 'ML'", "country = 'ML'"), ("\"killed_best\" >= 10", "killed_best >= 10"), ("\"date_start\" >= to_date('2023-01-01')", "date_start >= DATE('2023-01-01')")]:
    source = layer("incidents")
    source.setSubsetString(condition)
    told.same(f"incidents: {condition}", counted(source, QgsFeatureRequest()), server.matched("incidents", filter=cql))
application.exitQgis()
told.end()
