"""A bucket on this machine that checks every signature: enough of S3 for what we ask of one."""

import asyncio
import contextlib
import hashlib
import hmac
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.world import listening

KEY_ID, SECRET, REGION = "an-id", "a secret of nobody", "eu-west-1"


@dataclass
class FakeS3:
    """What is in the bucket, and whether it answers."""

    objects: dict[str, bytes] = field(default_factory=dict)
    broken: int = 0
    url: str = ""

    async def answer(self, request: Request) -> Response:
        body = await request.body()
        if self.broken:
            return Response(status_code=self.broken)
        if not _is_signed(request):
            return Response("<Error><Code>SignatureDoesNotMatch</Code></Error>", 403)
        name = request.path_params["name"]
        if request.method == "PUT":
            self.objects[name] = body
            return Response(headers={"ETag": '"1"'})
        if request.method == "POST" and "delete" in request.query_params:
            return self._delete_many(name.strip("/"), body.decode())
        if request.method == "DELETE":
            self.objects.pop(name, None)
            return Response(status_code=204)
        if name not in self.objects:
            return Response("<Error><Code>NoSuchKey</Code></Error>", 404)
        return Response(self.objects[name], headers={"ETag": '"1"', "Last-Modified": "Tue, 10 Mar 2026 12:00:00 GMT"})

    def _delete_many(self, bucket: str, asked: str) -> Response:
        gone = re.findall(r"<Key>([^<]*)</Key>", asked)
        for each in gone:
            self.objects.pop(f"{bucket}/{each}", None)
        told = "".join(f"<Deleted><Key>{each}</Key></Deleted>" for each in gone)
        return Response(f"<DeleteResult>{told}</DeleteResult>", media_type="application/xml")


def _is_signed(request: Request) -> bool:
    """AWS Signature Version 4, from its description."""
    scheme, _, rest = request.headers.get("authorization", "").partition(" ")
    parts = dict(each.strip().split("=", 1) for each in rest.split(",")) if rest else {}
    if scheme != "AWS4-HMAC-SHA256" or not parts["Credential"].startswith(f"{KEY_ID}/"):
        return False
    names = parts["SignedHeaders"].split(";")
    headers = "".join(f"{name}:{request.headers[name].strip()}\n" for name in names)
    path = quote(request.scope["raw_path"].decode(), safe="/%-_.~")
    canonical = "\n".join(
        (request.method, path, _query(request), headers, ";".join(names), request.headers["x-amz-content-sha256"])
    )
    stamp, day = request.headers["x-amz-date"], request.headers["x-amz-date"][:8]
    scope = f"{day}/{REGION}/s3/aws4_request"
    text = "\n".join(("AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()))
    key = f"AWS4{SECRET}".encode()
    for part in (day, REGION, "s3", "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return hmac.compare_digest(hmac.new(key, text.encode(), "sha256").hexdigest(), parts["Signature"])


def _query(request: Request) -> str:
    pairs = sorted(parse_qsl(request.scope["query_string"].decode(), keep_blank_values=True))
    return "&".join(f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}" for name, value in pairs)


@contextlib.asynccontextmanager
async def fake_s3() -> AsyncIterator[FakeS3]:
    """Open on a port of its own."""
    bucket = FakeS3()
    app = Starlette(routes=[Route("/{name:path}", bucket.answer, methods=["GET", "PUT", "DELETE", "POST"])])
    with listening() as listener:
        bucket.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", access_log=False))
        task = asyncio.create_task(server.serve([listener]))
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.001)
        try:
            yield bucket
        finally:
            server.should_exit = True
            await task
