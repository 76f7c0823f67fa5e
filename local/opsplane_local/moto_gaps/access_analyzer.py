"""IAM Access Analyzer, a service that moto 5.2.5 does not have: analyzers and their tags, no findings."""

import json
import re
import sys
from datetime import UTC, datetime
from types import ModuleType
from typing import Any
from urllib.parse import unquote

from moto import backend_index
from moto.core.base_backend import BackendDict, BaseBackend
from moto.core.exceptions import JsonRESTError
from moto.core.responses import BaseResponse

from opsplane_local.moto_gaps.patch import Patch

type Analyzer = dict[str, Any]
"""An analyzer as the API shows it."""


class ResourceNotFoundException(JsonRESTError):
    """No analyzer has this name or ARN."""

    code = 404

    def __init__(self, name: str) -> None:
        """Say which analyzer was asked for."""
        super().__init__("ResourceNotFoundException", f"Analyzer {name} does not exist.")


class AccessAnalyzerBackend(BaseBackend):
    """The analyzers of one account in one region."""

    def __init__(self, region_name: str, account_id: str) -> None:
        """Start without analyzers."""
        super().__init__(region_name, account_id)
        self.analyzers: dict[str, Analyzer] = {}

    @property
    def _url_module(self) -> ModuleType:
        return sys.modules[__name__]

    def find(self, name_or_arn: str) -> Analyzer:
        """Return an analyzer by its name or ARN.

        Raises:
            ResourceNotFoundException: there is none.
        """
        name = name_or_arn.rpartition("/")[2]
        if name not in self.analyzers:
            raise ResourceNotFoundException(name_or_arn)
        return self.analyzers[name]


class AccessAnalyzerResponse(BaseResponse):
    """The calls that Terraform and people make."""

    def __init__(self) -> None:
        """Name the service whose model tells path from parameter."""
        super().__init__(service_name="accessanalyzer")

    @property
    def backend(self) -> AccessAnalyzerBackend:
        """Return the backend of the caller's account and region."""
        return accessanalyzer_backends[self.current_account][self.region]

    def create_analyzer(self) -> str:
        """Make an analyzer that is active at once."""
        name = self._get_param("analyzerName")
        arn = f"arn:aws:access-analyzer:{self.region}:{self.current_account}:analyzer/{name}"
        self.backend.analyzers[name] = {
            "arn": arn,
            "name": name,
            "type": self._get_param("type"),
            "status": "ACTIVE",
            "createdAt": datetime.now(UTC).isoformat(),
            "tags": self._get_param("tags") or {},
            **({"configuration": configuration} if (configuration := self._get_param("configuration")) else {}),
        }
        return json.dumps({"arn": arn})

    def get_analyzer(self) -> str:
        """Show one analyzer."""
        return json.dumps({"analyzer": self.backend.find(self._get_param("analyzerName"))})

    def list_analyzers(self) -> str:
        """Show all analyzers."""
        return json.dumps({"analyzers": list(self.backend.analyzers.values())})

    def delete_analyzer(self) -> str:
        """Delete an analyzer."""
        del self.backend.analyzers[self.backend.find(self._get_param("analyzerName"))["name"]]
        return json.dumps({})

    def list_tags_for_resource(self) -> str:
        """Show the tags of an analyzer."""
        return json.dumps({"tags": self._tagged()["tags"]})

    def tag_resource(self) -> str:
        """Add tags to an analyzer."""
        self._tagged()["tags"].update(self._get_param("tags"))
        return json.dumps({})

    def untag_resource(self) -> str:
        """Take tags from an analyzer."""
        for key in self.querystring.get("tagKeys", []):
            self._tagged()["tags"].pop(key, None)
        return json.dumps({})

    def _tagged(self) -> Analyzer:
        return self.backend.find(unquote(self.path.rpartition("/tags/")[2]))


# moto looks these names up in a service's modules.
accessanalyzer_backends = BackendDict(AccessAnalyzerBackend, "accessanalyzer")
url_bases = [r"https?://access-analyzer\.(.+)\.amazonaws\.com"]
url_paths = {
    "{0}/analyzer$": AccessAnalyzerResponse.dispatch,
    "{0}/analyzer/(?P<analyzerName>[^/]+)$": AccessAnalyzerResponse.dispatch,
    "{0}/tags/(?P<resourceArn>.+)$": AccessAnalyzerResponse.dispatch,
}


def service(patch: Patch) -> None:
    """Serve Access Analyzer: moto does not know it, nor does the other emulator."""
    pattern = ("accessanalyzer", re.compile(url_bases[0]))
    patch.attribute(backend_index, "backend_url_patterns", [*backend_index.backend_url_patterns, pattern])
    patch.item(sys.modules, "moto.accessanalyzer", sys.modules[__name__])
