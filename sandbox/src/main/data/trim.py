#!/usr/bin/env python3
"""Makes the bundled data of ../resources/data from the published files: columns are dropped, values stay as they are.

usage: trim.py RETAIL_CSV_GZ SFO_FOLDER OUT_FOLDER
"""

import collections
import csv
import gzip
import io
import pathlib
import sys

RETAIL = ["invoice", "sku", "quantity", "invoiced_at", "unit_price", "customer_id", "country"]
SURVEY = ["INTDATE", "METHOD", "NETPRO", "Q7ALL", "Q14FIND", "Q14PASSTHRU", "Q13GETRATE"]


def write(path, header, rows):
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(header)
    out.writerows(rows)
    # No name and no time in the header, so that the same input makes the same bytes.
    with open(path, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, 0) as packed:
        packed.write(text.getvalue().encode("utf-8"))


def main(retail, survey, out):
    out = pathlib.Path(out)
    names = collections.defaultdict(collections.Counter)
    lines = []
    with gzip.open(retail, "rt", encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            lines.append([row[column] for column in RETAIL])
            names[row["sku"]][row["description"].strip()] += 1
    write(out / "retail-lines.csv.gz", RETAIL, lines)
    # The most frequent description of each product; of equally frequent ones the first in alphabetical order.
    products = [(sku, min(found.items(), key=lambda name: (-name[1], name[0]))[0]) for sku, found in names.items()]
    write(out / "retail-products.csv.gz", ["sku", "description"], sorted(products))

    answers = []
    for year in (2014, 2015, 2016, 2017):
        file = pathlib.Path(survey) / f"{year}_SFO_Customer_Survey.csv"
        with open(file, encoding="utf-8-sig", errors="replace", newline="") as source:
            for row in csv.DictReader(source):
                respondent = row.get("RESPNUM") or row["*RESPNUM"]
                answers.append([year, respondent] + [row.get(column, "") for column in SURVEY])
    write(out / "sfo-survey.csv.gz", ["YEAR", "RESPNUM"] + SURVEY, answers)


if __name__ == "__main__":
    main(*sys.argv[1:])
