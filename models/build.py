"""Make the two model bundles again, byte for byte, from the public mediapipe 0.10.21 wheel.

Everything neckform needs lies inside that wheel (Apache-2.0), so the bundles can be checked
by anyone with pip:

    python models/build.py             # downloads the wheel, writes models/*.task and manifest.json
    python models/build.py --check     # the same in a temporary folder, compared with what is here

Two of the four members are changed so that today's Tasks API takes them:

- ``pose_landmark_full`` carries no TFLite metadata, and the task refuses it. We add the metadata
  that says what the graph was trained with: an RGB image scaled by mean 0 and deviation 255.
- ``face_landmark`` gives 468 points where today's graph wants 478. Its first ten points are
  appended again. (Zeros load too, but the tracker then follows a region that reaches into the
  corner of the picture and loses half of the frames.)

Needs ``mediapipe`` (any 1.2) for its flatbuffer schemas, and ``flatbuffers``, which it brings.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import struct
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
WHEEL_VERSION = "0.10.21"
WHEEL_SHA256 = "05dc4a9e593655a79558d05d6227d31018c2537a4bd3362b51e230cf22aecfe3"
LICENCE = "Apache-2.0"
MESH_POINTS, WANTED_POINTS = 468, 478
TFLITE_CONCATENATION, TFLITE_SLICE = 2, 65
LOCAL_HEADER_BYTES = 30  # of a zip member, before its name (APPNOTE 4.3.7)
ZIPALIGN_FIELD = 0xD935
ALIGNMENT = 4  # the Tasks API maps members in place, so each starts at a multiple of four bytes


def download_wheel(folder: Path) -> Path:
    """Fetch the one wheel that all weights come from (fixed platform, so any machine gets it)."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--platform", "manylinux_2_28_x86_64", "--python-version", "3.11"]
    command += ["--only-binary=:all:", "--dest", str(folder), f"mediapipe=={WHEEL_VERSION}"]
    subprocess.run(command, check=True)
    (wheel,) = folder.glob("mediapipe-*.whl")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if digest != WHEEL_SHA256:
        raise SystemExit(f"{wheel.name}: SHA-256 is {digest}, expected {WHEEL_SHA256}")
    return wheel


def read_model(data: bytes) -> Any:
    from mediapipe.tasks.metadata import schema_py_generated as schema

    return schema.ModelT.InitFromObj(schema.Model.GetRootAs(data, 0))


def write_model(model: Any) -> bytes:
    import flatbuffers

    builder = flatbuffers.Builder(1 << 20)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def image_input_metadata(name: str) -> bytes:
    """TFLite metadata (identifier M001): one RGB image input, mean 0, deviation 255."""
    import flatbuffers
    from mediapipe.tasks.metadata import metadata_schema_py_generated as meta

    colour = meta.ImagePropertiesT()
    colour.colorSpace = meta.ColorSpaceType.RGB
    content = meta.ContentT()
    content.contentPropertiesType = meta.ContentProperties.ImageProperties
    content.contentProperties = colour
    scale = meta.NormalizationOptionsT()
    scale.mean, scale.std = [0.0], [255.0]
    unit = meta.ProcessUnitT()
    unit.optionsType = meta.ProcessUnitOptions.NormalizationOptions
    unit.options = scale
    image = meta.TensorMetadataT()
    image.name, image.content, image.processUnits = "image", content, [unit]
    graph = meta.SubGraphMetadataT()
    graph.inputTensorMetadata = [image]
    model = meta.ModelMetadataT()
    model.name, model.subgraphMetadata = name, [graph]
    builder = flatbuffers.Builder(0)
    builder.Finish(model.Pack(builder), b"M001")
    return bytes(builder.Output())


def with_image_metadata(data: bytes, name: str) -> bytes:
    from mediapipe.tasks.metadata import schema_py_generated as schema

    model = read_model(data)
    buffer = schema.BufferT()
    buffer.data = list(image_input_metadata(name))
    model.buffers.append(buffer)
    entry = schema.MetadataT()
    entry.name, entry.buffer = "TFLITE_METADATA", len(model.buffers) - 1
    model.metadata = [*(model.metadata or []), entry]
    return write_model(model)


def with_padded_mesh(data: bytes) -> bytes:
    """Append the mesh's first ten points to its 468, so that the output has 478."""
    import numpy as np
    from mediapipe.tasks.metadata import schema_py_generated as schema

    model = read_model(data)
    graph = model.subgraphs[0]
    mesh = next(
        i for i in graph.outputs if list(graph.tensors[i].shape) == [1, 1, 1, MESH_POINTS * 3]
    )
    extra = (WANTED_POINTS - MESH_POINTS) * 3

    def add_tensor(name: str, shape: list[int], kind: int, values: list[int] | None = None) -> int:
        buffer = schema.BufferT()
        if values is not None:
            buffer.data = list(np.asarray(values, dtype="<i4").tobytes())
        model.buffers.append(buffer)
        tensor = schema.TensorT()
        tensor.name, tensor.shape, tensor.type = name, shape, kind
        tensor.buffer = len(model.buffers) - 1
        graph.tensors.append(tensor)
        return len(graph.tensors) - 1

    def add_operator(code: int, inputs: list[int], output: int, kind: int, options: Any) -> None:
        operator_code = schema.OperatorCodeT()
        operator_code.builtinCode = operator_code.deprecatedBuiltinCode = code
        operator_code.version = 1
        model.operatorCodes.append(operator_code)
        operator = schema.OperatorT()
        operator.opcodeIndex = len(model.operatorCodes) - 1
        operator.inputs, operator.outputs = inputs, [output]
        operator.builtinOptionsType, operator.builtinOptions = kind, options
        graph.operators.append(operator)

    float32, int32 = schema.TensorType.FLOAT32, schema.TensorType.INT32
    begin = add_tensor("first_points_begin", [4], int32, [0, 0, 0, 0])
    size = add_tensor("first_points_size", [4], int32, [1, 1, 1, extra])
    first = add_tensor("first_points", [1, 1, 1, extra], float32)
    whole = add_tensor("mesh_padded", [1, 1, 1, WANTED_POINTS * 3], float32)
    options = schema.BuiltinOptions
    add_operator(
        TFLITE_SLICE, [mesh, begin, size], first, options.SliceOptions, schema.SliceOptionsT()
    )
    join = schema.ConcatenationOptionsT()
    join.axis = 3
    add_operator(TFLITE_CONCATENATION, [mesh, first], whole, options.ConcatenationOptions, join)
    graph.outputs = [whole if i == mesh else i for i in graph.outputs]
    return write_model(model)


def bundle(members: dict[str, bytes]) -> bytes:
    """A stored zip with aligned members and fixed times: the same input gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            start = out.tell() + LOCAL_HEADER_BYTES + len(name)
            # A valid extra field (zipalign's) of the right length moves the data to its place.
            filler = -start % ALIGNMENT
            info.extra = struct.pack("<HH", ZIPALIGN_FIELD, filler) + b"\0" * filler
            archive.writestr(info, data)
    return out.getvalue()


def build(folder: Path) -> None:
    """Write both bundles and ``manifest.json`` into `folder`."""
    with tempfile.TemporaryDirectory() as scratch:
        wheel = zipfile.ZipFile(download_wheel(Path(scratch)))
        modules = "mediapipe/modules/"
        pose = {
            "pose_detector.tflite": wheel.read(modules + "pose_detection/pose_detection.tflite"),
            "pose_landmarks_detector.tflite": with_image_metadata(
                wheel.read(modules + "pose_landmark/pose_landmark_full.tflite"),
                "pose_landmark_full",
            ),
        }
        face = {
            "face_detector.tflite": wheel.read(
                modules + "face_detection/face_detection_short_range.tflite"
            ),
            "face_landmarks_detector.tflite": with_padded_mesh(
                wheel.read(modules + "face_landmark/face_landmark.tflite")
            ),
        }
    manifest: dict[str, Any] = {"schema": "neckform/models/1", "models": {}}
    for kind, members in (("face", face), ("pose", pose)):
        data = bundle(members)
        name = f"{kind}_landmarker.task"
        (folder / name).write_bytes(data)
        manifest["models"][kind] = {
            "name": name,
            "source": f"mediapipe=={WHEEL_VERSION} (PyPI wheel, SHA-256 {WHEEL_SHA256})",
            "licence": LICENCE,
            "size": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


def check() -> int:
    """Build again in a temporary folder; 0 when every byte is the same as here."""
    with tempfile.TemporaryDirectory() as scratch:
        build(Path(scratch))
        names = sorted(path.name for path in Path(scratch).iterdir())
        different = [
            n for n in names if (HERE / n).read_bytes() != (Path(scratch) / n).read_bytes()
        ]
    print(
        "different: " + ", ".join(different)
        if different
        else "the same, byte for byte: " + ", ".join(names)
    )
    return 1 if different else 0


def main() -> int:
    parser = argparse.ArgumentParser(description="Make the model bundles from the public wheel.")
    parser.add_argument(
        "--check", action="store_true", help="compare with the bundles here, change nothing"
    )
    if parser.parse_args().check:
        return check()
    build(HERE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
