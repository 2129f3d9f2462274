"""The embedded Milvus serves several clients and keeps what they stored."""

from config.settings import Settings
from services.milvus import ensure_milvus, milvus
from services.process import stop


async def test_collection_is_there_after_a_restart(settings: Settings) -> None:
    from pymilvus import MilvusClient  # type: ignore[import-untyped]

    client = MilvusClient(await ensure_milvus(settings))
    client.create_collection("memory", dimension=4)
    client.insert("memory", [{"id": 1, "vector": [1.0, 0.0, 0.0, 0.0]}])
    client.close()
    assert await stop(milvus(settings))
    again = MilvusClient(await ensure_milvus(settings))
    again.load_collection("memory")  # a restarted server serves no collection until it is loaded
    assert again.query("memory", ids=[1], output_fields=["id"])[0]["id"] == 1
    again.close()


async def test_given_milvus_is_used_and_nothing_started(settings: Settings) -> None:
    given = settings.model_copy(update={"milvus_uri": "http://elsewhere:19530"})
    assert await ensure_milvus(given) == "http://elsewhere:19530"
    assert not settings.home.exists()
