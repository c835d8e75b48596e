"""Data sets described for other catalogues: DCAT 3 and the packages of CKAN."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.urls import reverse

from mall.releases.datasets import Dataset, all_datasets
from mall.releases.files import described
from mall.releases.models import Release
from mall.releases.offered import formats
from mall.releases.periods import Period

Absolute = Callable[[str], str]
LICENCES = {"CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/"}
_IANA = "https://www.iana.org/assignments/media-types/"
_FREQUENCY = "http://publications.europa.eu/resource/authority/frequency/"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
TITLE = "Data terbuka Mal Pelayanan Publik Banyuwangi"


def dcat(newest: Mapping[str, Release], absolute: Absolute) -> dict[str, Any]:
    """The catalogue; of each data set the files of the latest period."""
    home = absolute(reverse("data:catalogue"))
    return {
        "@context": _CONTEXT,
        "@id": home,
        "@type": "dcat:Catalog",
        "dcterms:title": TITLE,
        "dcterms:description": "Himpunan data agregat; tanpa data pribadi.",
        "dcterms:language": "id",
        "dcterms:publisher": _agent("Mal Pelayanan Publik Kabupaten Banyuwangi"),
        "foaf:homepage": {"@id": home},
        "dcat:dataset": [_dataset(one, newest.get(one.slug), absolute) for one in all_datasets()],
    }


def _agent(name: str) -> dict[str, Any]:
    return {"@type": "foaf:Agent", "foaf:name": name}


def _dataset(one: Dataset, release: Release | None, absolute: Absolute) -> dict[str, Any]:
    page = absolute(reverse("data:dataset", args=[one.slug]))
    found = {
        "@id": page,
        "@type": "dcat:Dataset",
        "dcterms:identifier": one.slug,
        "dcterms:title": str(one.title),
        "dcterms:description": str(one.description),
        "dcterms:publisher": _agent(one.producer),
        "dcterms:license": {"@id": LICENCES.get(one.licence, one.licence)},
        "dcterms:accrualPeriodicity": {"@id": f"{_FREQUENCY}{one.frequency.value}"},
        "dcterms:spatial": "35.10",
        "dcterms:source": str(one.source),
        "dcat:contactPoint": {"@type": "vcard:Organization", "vcard:fn": str(one.contact)},
        "dcat:keyword": [str(word) for word in one.keywords],
        "dcat:landingPage": {"@id": page},
    }
    if release is None:
        return found
    return found | {
        "dcat:version": str(release.revision),
        "dcterms:modified": _moment(release),
        "dcterms:temporal": {
            "@type": "dcterms:PeriodOfTime",
            "dcat:startDate": {"@type": "xsd:date", "@value": release.over.first.isoformat()},
        },
        "dcat:distribution": [_distribution(one, release, kind, absolute) for kind in formats()],
    }


def _moment(release: Release) -> dict[str, str]:
    return {"@type": "xsd:dateTime", "@value": release.published_at.isoformat()}


def _distribution(one: Dataset, release: Release, kind: str, absolute: Absolute) -> dict[str, Any]:
    url = absolute(reverse(f"data:{kind}", args=[release.dataset, release.period]))
    return {
        "@id": url,
        "@type": "dcat:Distribution",
        "dcterms:title": f"{one.title} {release.period} ({kind.upper()})",
        "dcterms:license": {"@id": LICENCES.get(one.licence, one.licence)},
        "dcat:accessURL": {"@id": url},
        "dcat:downloadURL": {"@id": url},
        "dcat:mediaType": {"@id": f"{_IANA}{formats()[kind]}"},
    }


def package(one: Dataset, releases: Iterable[Release], absolute: Absolute) -> dict[str, Any]:
    """A data set as a CKAN package; a resource is one file of one period."""
    releases = list(releases)
    resources = [_resource(release, kind, absolute) for release in releases for kind in formats()]
    extras = {
        "concept": str(one.concept),
        "definition": str(one.definition),
        "frequency": str(one.frequency.label),
        "kip_class": one.kip_class.value,
        "region_codes": one.region_codes,
        "suppression_k": str(one.k),
        "method": one.method,
        "custodian": str(one.custodian),
    }
    return {
        "id": one.slug,
        "name": one.slug,
        "title": str(one.title),
        "notes": str(one.description),
        "license_id": one.licence,
        "author": one.producer,
        "maintainer": str(one.contact),
        "organization": {"name": one.producer.lower(), "title": one.producer},
        "state": "active",
        "private": False,
        "metadata_modified": releases[0].published_at.isoformat() if releases else None,
        "num_resources": len(resources),
        "tags": [{"name": str(word)} for word in one.keywords],
        "extras": [{"key": key, "value": value} for key, value in extras.items()],
        "schema": [described(column) for column in (*one.dimensions, *one.measures)],
        "resources": resources,
    }


def _resource(release: Release, kind: str, absolute: Absolute) -> dict[str, Any]:
    return {
        "id": f"{release.dataset}-{release.period}-{kind}",
        "package_id": release.dataset,
        "name": f"{Period.parse(release.period).name} ({kind.upper()})",
        "format": kind.upper(),
        "mimetype": formats()[kind],
        "url": absolute(reverse(f"data:{kind}", args=[release.dataset, release.period])),
        "hash": release.sha256,
        "version": str(release.revision),
        "created": release.published_at.isoformat(),
    }


def matches(one: Dataset, words: str) -> bool:
    """Does every word stand in its texts? `*:*` and nothing match all, as in CKAN."""
    if words in ("", "*:*"):
        return True
    text = " ".join(str(part) for part in (one.slug, one.title, one.description, *one.keywords)).lower()
    return all(word in text for word in words.lower().split())
