#!/usr/bin/env python3
"""Sales of dwellings, building land and industrial premises per commune in the real DGFiP sample, by pandas: writes dvf.tsv.

    python3 tests/reference/dvf.py ../shared/data/elsewhere/dvf/dvf-brut-echantillon.txt tests/reference/dvf.tsv

Three forms of the same 2 500 rows: as given (every price is one euro), with an invented price per deed, and without
the names of deeds and buildings, as open data have it.
"""

import sys

import pandas as pd

SALES = ("Vente", "Vente en l'état futur d'achèvement")
LAND_SALES = ("Vente", "Vente terrain à bâtir")
COLUMNS = [
    "dwelling_sales", "house_sales", "flat_sales", "deeds_set_aside",
    "price_m2", "price_n", "house_price_m2", "house_price_n", "flat_price_m2", "flat_price_n",
    "building_land_price_eur_m2", "building_land_n", "industrial_price_eur_m2", "industrial_n",
]


def figures(rows, deed, identified):
    rows = rows.copy()
    rows["deed"] = deed
    rows["insee"] = rows["Code departement"].str.zfill(2) + rows["Code commune"].str.zfill(3)
    rows["price"] = rows["Valeur fonciere"].str.replace(",", ".").astype(float)
    rows["built"] = pd.to_numeric(rows["Surface reelle bati"])
    rows["kind"] = pd.to_numeric(rows["Code type local"])
    rows["parcel"] = rows[["insee", "Prefixe de section", "Section", "No plan"]].fillna("").agg("/".join, axis=1)
    rows["land"] = rows[["Nature culture", "Nature culture speciale", "Surface terrain"]].fillna("").agg("/".join, axis=1)

    premises = rows[rows["kind"].notna()]
    if identified:
        premises = premises.drop_duplicates(["deed", "Identifiant local"])
    else:
        # A building is repeated for each kind of land of its parcel: those of one kind are all of them.
        size = premises.groupby(["deed", "parcel", "land"]).size().rename("n").reset_index()
        best = size.sort_values(["n", "land"]).drop_duplicates(["deed", "parcel"], keep="last")
        premises = premises.merge(best[["deed", "parcel", "land"]])

    of = rows.groupby("deed").agg(
        communes=("insee", "nunique"), insee=("insee", "first"), price=("price", "first"),
        prices=("price", "nunique"), dispositions=("No disposition", "nunique"),
        market=("Nature mutation", lambda natures: natures.isin(SALES).all()),
    )
    for name, kind in (("houses", 1), ("flats", 2), ("business", 4)):
        of[name] = (premises["kind"] == kind).groupby(premises["deed"]).sum()
    of = of.fillna({"houses": 0, "flats": 0, "business": 0})
    dwellings = premises[premises["kind"].isin((1, 2))]
    of["built"] = dwellings.groupby("deed")["built"].sum()
    of["blank"] = (dwellings["built"] == 0).groupby(dwellings["deed"]).any()

    with_dwelling = of[(of["houses"] > 0) | (of["flats"] > 0)]
    pure = ((with_dwelling["houses"] > 0) ^ (with_dwelling["flats"] > 0)) & (with_dwelling["business"] == 0)
    good = (with_dwelling["market"] & (with_dwelling["communes"] == 1) & pure
            & (with_dwelling["dispositions"] == 1) & (with_dwelling["prices"] == 1))
    sold = with_dwelling[good].copy()
    aside = rows[rows["deed"].isin(with_dwelling[~good].index)].drop_duplicates(["deed", "insee"])
    known = (sold["price"] > 1) & ~sold["blank"].astype(bool)
    sold["m2"] = (sold["price"] / sold["built"]).where(known)

    # One commune, disposition and price, and a price that is none of one euro.
    clear = (of["communes"] == 1) & (of["dispositions"] == 1) & (of["prices"] == 1) & (of["price"] > 1)
    lines = rows.drop_duplicates(["deed", "parcel", "land"]).assign(m2=lambda r: pd.to_numeric(r["Surface terrain"]))
    by_deed = lines.groupby("deed")
    of["land_only"] = rows["kind"].isna().groupby(rows["deed"]).all()
    of["all_building_land"] = by_deed["Nature culture"].agg(lambda kinds: (kinds == "AB").all())
    of["land_m2"] = by_deed["m2"].agg(lambda areas: areas.sum() if (areas > 0).all() else float("nan"))
    of["land_market"] = rows["Nature mutation"].isin(LAND_SALES).groupby(rows["deed"]).all()
    land = of[clear & of["land_only"] & of["all_building_land"] & of["land_market"]]
    land = land.assign(m2=land["price"] / land["land_m2"])
    business = premises[premises["kind"] == 4]
    of["business_m2"] = business.groupby("deed")["built"].agg(
        lambda areas: areas.sum() if (areas > 0).all() else float("nan"))
    industrial = of[clear & of["market"] & (of["business"] > 0) & (of["houses"] == 0) & (of["flats"] == 0)]
    industrial = industrial.assign(m2=industrial["price"] / industrial["business_m2"])

    out = []
    for insee in sorted(rows["insee"].unique()):
        here = sold[sold["insee"] == insee]
        line = [len(here), (here["houses"] > 0).sum(), (here["flats"] > 0).sum(), (aside["insee"] == insee).sum()]
        for part in (here, here[here["houses"] > 0], here[here["flats"] > 0]):
            line += [part["m2"].median(), part["m2"].count()]
        for part in (land[land["insee"] == insee], industrial[industrial["insee"] == insee]):
            line += [part["m2"].median(), part["m2"].count()]
        out.append((insee, line))
    return out


def main(source, target):
    rows = pd.read_csv(source, sep="|", dtype=str)
    named = rows["Code service CH"] + " " + rows["Reference document"]
    ordinal = (rows["Reference document"] != rows["Reference document"].shift()).cumsum()
    priced = rows.assign(**{"Valeur fonciere": (40_000 + ordinal * 7_919 % 400_009).astype(str) + ",50"})
    with open(target, "w", encoding="utf-8", newline="\n") as out:
        print("form", "commune", *COLUMNS, sep="\t", file=out)
        for form, table, deed, identified in (
            ("as_given", rows, named, True),
            ("priced", priced, named, True),
            ("anonymous", priced, ordinal, False),
        ):
            for insee, line in figures(table, deed, identified):
                print(form, insee, *("" if pd.isna(v) else repr(float(v)) for v in line), sep="\t", file=out)


if __name__ == "__main__":
    main(*sys.argv[1:])
