"""`$metadata` in pieces of any size, and what it is good for."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.onec.odata.metadata import BrokenMetadata, read_whole

EDMX = """<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx" Version="1.0"><edmx:DataServices>
<Schema xmlns="http://schemas.microsoft.com/ado/2009/11/edm" Namespace="StandardODATA">
 <EntityType Name="Document_Заказ" OpenType="true"><Key><PropertyRef Name="Ref_Key"/></Key>
  <Property Name="Ref_Key" Type="Edm.Guid" Nullable="false"/>
  <Property Name="АдресДоставки" Type="Edm.String" Nullable="true" MaxLength="100"/>
  <Property Name="Товары" Type="Collection(StandardODATA.Document_Заказ_Товары_RowType)" Nullable="true"/>
  <NavigationProperty Name="Контрагент" Relationship="StandardODATA.X" FromRole="Begin" ToRole="End"/>
 </EntityType>
 <ComplexType Name="Document_Заказ_Товары_RowType"><Property Name="Количество" Type="Edm.Double"/></ComplexType>
 <EntityContainer Name="StandardODATA">
  <EntitySet Name="Document_Заказ" EntityType="StandardODATA.Document_Заказ"/>
  <FunctionImport Name="Post" IsBindable="true" m:HttpMethod="POST" xmlns:m="urn:m">
   <Parameter Name="bindingParameter" Type="StandardODATA.Document_Заказ"/>
   <Parameter Name="PostingModeOperational" Type="Edm.Boolean"/></FunctionImport>
 </EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>""".encode()


def pieces(raw: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(raw), size):
        yield raw[start : start + size]


@given(st.integers(1, len(EDMX)))
def test_it_is_read_in_pieces_of_any_size(size: int) -> None:
    base = read_whole(pieces(EDMX, size))
    assert base.sets == {"Document_Заказ": "Document_Заказ"}
    assert base.properties("Document_Заказ") == {"Ref_Key": None, "АдресДоставки": 100, "Товары": None}
    assert base.section("Document_Заказ", "Товары") == {"Количество": None}
    assert base.functions == {"Document_Заказ": {"Post"}}


def test_what_is_not_published_has_no_properties() -> None:
    base = read_whole([EDMX])
    assert base.properties("Catalog_Контрагенты") is None
    assert base.section("Document_Заказ", "Услуги") is None


@pytest.mark.parametrize(
    "raw", [b"", b"<html><body>login</body></html>", EDMX[:-40], b"{}", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"]
)
def test_what_is_no_description_is_refused(raw: bytes) -> None:
    with pytest.raises(BrokenMetadata):
        read_whole([raw])


def test_a_large_description_leaves_only_names_behind() -> None:
    entity = EDMX[EDMX.index(b" <EntityType") : EDMX.index(b" <ComplexType")]
    head, tail = EDMX.split(b" <ComplexType")
    many = head + b"".join(entity.replace("Заказ".encode(), f"Заказ{n}".encode()) for n in range(3000))
    base = read_whole(pieces(many + b" <ComplexType" + tail, 65536))
    assert len(base.types) == 3002
