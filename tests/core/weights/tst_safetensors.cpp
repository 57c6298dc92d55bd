// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/error.h"
#include "core/weights/safetensors.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>
#include <QDir>
#include <QTemporaryDir>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>

using headroom::Checksum;
using headroom::Error;
using headroom::ErrorKind;
using headroom::readChangedSafetensors;
using headroom::readSafetensors;
using headroom::readSafetensorsMetadata;
using headroom::TensorMap;
using headroom::writeSafetensors;
using Json = nlohmann::json;

namespace {

std::string readBytes(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void writeBytes(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

std::string lengthField(std::uint64_t length) {
    std::string field(sizeof length, '\0');
    std::memcpy(field.data(), &length, sizeof length);
    return field;
}

std::string assemble(const std::string& header, const std::string& payload) {
    return lengthField(header.size()) + header + payload;
}

bool bitEqual(const at::Tensor& a, const at::Tensor& b) {
    return a.sizes() == b.sizes() && a.scalar_type() == b.scalar_type() &&
           (a.nbytes() == 0 || std::memcmp(a.data_ptr(), b.data_ptr(), a.nbytes()) == 0);
}

TensorMap tensorsOfEveryType() {
    const auto generator = at::detail::createCPUGenerator(7);
    TensorMap tensors;
    for (auto type : {at::kBool, at::kByte, at::kChar, at::kShort, at::kInt, at::kLong, at::kHalf,
                      at::kBFloat16, at::kFloat, at::kDouble}) {
        const auto random = at::rand({3, 5}, generator, at::TensorOptions(at::kDouble)) * 2;
        tensors[fmt::format("of type {}", c10::toString(type))] = random.to(type);
    }
    tensors["scalar"] = at::scalar_tensor(1.5, at::kFloat);
    tensors["empty"] = at::empty({2, 0, 3}, at::kHalf);
    return tensors;
}

} // namespace

class TestSafetensors : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void roundTripsEveryType() {
        const auto tensors = tensorsOfEveryType();
        writeSafetensors(path(), tensors, {{"name", "보컬 \"x\"\n"}, {"empty", ""}});
        const auto content = readSafetensors(path());
        QCOMPARE(content.tensors.size(), tensors.size());
        for (const auto& [name, tensor] : tensors)
            QVERIFY2(bitEqual(content.tensors.at(name), tensor), name.c_str());
        QCOMPARE(content.metadata.at("name"), std::string("보컬 \"x\"\n"));
        QCOMPARE(content.metadata.at("empty"), std::string());
        QCOMPARE(readSafetensorsMetadata(path()), content.metadata);
    }
    void storesStridedAndDifferentiableTensorsByValue() {
        const auto whole = at::arange(12, at::kFloat).view({3, 4}).requires_grad_();
        writeSafetensors(path(), {{"columns", whole.t()}});
        QVERIFY(bitEqual(readSafetensors(path()).tensors.at("columns"), whole.t().contiguous()));
    }
    void equalContentsGiveEqualBytes() {
        writeSafetensors(path(), tensorsOfEveryType(), {{"b", "2"}, {"a", "1"}});
        const auto first = readBytes(path());
        writeSafetensors(path(), tensorsOfEveryType(), {{"a", "1"}, {"b", "2"}});
        QVERIFY(first == readBytes(path()));
        QCOMPARE(QDir(folder_.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    }
    void tensorsAreAligned() {
        writeSafetensors(path(), tensorsOfEveryType());
        const auto bytes = readBytes(path());
        std::uint64_t length = 0;
        std::memcpy(&length, bytes.data(), sizeof length);
        QCOMPARE(length % 8, 0U);
        const auto header = Json::parse(bytes.substr(8, length));
        const auto tensors = readSafetensors(path()).tensors;
        for (const auto& [name, tensor] : tensors) {
            const auto& entry = header[name];
            const auto width = tensor.element_size();
            QCOMPARE(entry["data_offsets"][0].get<std::uint64_t>() % width, 0U);
        }
    }
    void readsASubset() {
        writeSafetensors(path(), tensorsOfEveryType());
        const auto content =
            readSafetensors(path(), [](const std::string& name) { return name == "scalar"; });
        QCOMPARE(content.tensors.size(), std::size_t(1));
        QCOMPARE(content.tensors.at("scalar").item<float>(), 1.5F);
    }
    /// Files of the official Python package, described by JSON files.
    void readsFilesOfThePythonPackage() {
        int files = 0;
        for (const auto& entry : std::filesystem::directory_iterator(HEADROOM_TEST_DATA "/golden")) {
            if (entry.path().extension() != ".safetensors")
                continue;
            auto description = entry.path();
            const auto expected = Json::parse(readBytes(description.replace_extension(".json")))["tensors"];
            const auto content = readSafetensors(entry.path());
            QCOMPARE(content.tensors.size(), expected.size());
            for (const auto& [name, shape] : expected.items())
                QCOMPARE(content.tensors.at(name).sizes().vec(), shape.get<std::vector<std::int64_t>>());
            ++files;
        }
        QVERIFY(files > 0);
    }

    void rejectsMaliciousFiles_data() {
        QTest::addColumn<std::string>("bytes");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char* name, const std::string& bytes, const char* expected) {
            QTest::newRow(name) << bytes << std::string(expected);
        };
        const auto one = [](const std::string& fields) { return "{\"a\":{" + fields + "}}"; };
        const std::string four(4, '\0');
        row("empty", "", "is empty");
        row("five bytes", std::string("\x05\0\0\0\0", 5), "truncated");
        row("text", "This is a text file, not weights at all.", "text file");
        row("huge header", lengthField(~0ULL) + "{}", "are allowed");
        row("header past the end", lengthField(1000) + "{}", "truncated");
        row("not JSON", assemble("{\"a\":", ""), "not valid JSON");
        row("invalid UTF-8", assemble("{\"\xff\":{}}", ""), "not valid JSON");
        row("huge number", assemble(one(R"("dtype":"F32","shape":[1e999],"data_offsets":[0,4])"), four),
            "not valid JSON");
        row("array", assemble("[]", ""), "not a JSON object");
        std::string many = "{";
        for (int i = 0; i <= 100'001; ++i)
            many += fmt::format("\"{}\":{{}},", i);
        many.back() = '}';
        row("too many tensors", assemble(many, ""), "more than 100,000 tensors");
        std::string numbers = R"({"a":{"shape":[0)";
        for (int i = 0; i < 2'000'000; ++i)
            numbers += ",0";
        row("too many values", assemble(numbers + "]}}", ""), "more than 2,000,000 values");
        row("deep nesting", assemble("{\"a\":" + std::string(100000, '['), ""), "nested too deeply");
        row("duplicate name", assemble(R"({"a":1,"a":2})", ""), "twice");
        row("entry is no object", assemble(R"({"a":1})", ""), "lacks");
        row("no offsets", assemble(one(R"("dtype":"F32","shape":[1])"), four), "lacks");
        row("three offsets", assemble(one(R"("dtype":"F32","shape":[1],"data_offsets":[0,4,8])"), four),
            "must be two numbers");
        row("unknown type", assemble(one(R"("dtype":"F7","shape":[1],"data_offsets":[0,4])"), four),
            "unknown type");
        row("quantized", assemble(one(R"("dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4])"), four),
            "the weights are quantized: tensor");
        row("type is a number", assemble(one(R"("dtype":7,"shape":[1],"data_offsets":[0,4])"), four),
            "unknown type");
        row("negative size", assemble(one(R"("dtype":"F32","shape":[-1],"data_offsets":[0,4])"), four),
            "not a natural number");
        row("fraction", assemble(one(R"("dtype":"F32","shape":[1.0],"data_offsets":[0,4])"), four),
            "not a natural number");
        row("size beyond 63 bits",
            assemble(one(R"("dtype":"U8","shape":[18446744073709551615],"data_offsets":[0,4])"), four),
            "not a natural number");
        row("product overflows",
            assemble(one(R"("dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0])"), ""),
            "too large");
        row("overflow hidden by a zero",
            assemble(one(R"("dtype":"F32","shape":[0,4294967296,4294967296],"data_offsets":[0,0])"), ""),
            "too large");
        row("wrong length", assemble(one(R"("dtype":"F32","shape":[2],"data_offsets":[0,4])"), four),
            "needs 8 bytes");
        row("offsets backwards", assemble(one(R"("dtype":"F32","shape":[1],"data_offsets":[4,0])"), four),
            "needs 4 bytes");
        row("past the end", assemble(one(R"("dtype":"F32","shape":[2],"data_offsets":[0,8])"), four),
            "the file has 4");
        row("bytes left over",
            assemble(one(R"("dtype":"F32","shape":[1],"data_offsets":[0,4])"), four + four),
            "the file has 8");
        row("gap", assemble(one(R"("dtype":"F32","shape":[1],"data_offsets":[4,8])"), four + four), "gap");
        row("overlap",
            assemble(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
                     R"("b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}})",
                     four + "xy"),
            "overlaps");
        row("metadata without strings", assemble(R"({"__metadata__":{"a":1}})", ""), "not a string");
        row("boolean two", assemble(one(R"("dtype":"BOOL","shape":[1],"data_offsets":[0,1])"), "\2"),
            "other than true");
    }
    void rejectsMaliciousFiles() {
        QFETCH(std::string, bytes);
        QFETCH(std::string, expected);
        writeBytes(path(), bytes);
        try {
            readSafetensors(path());
            QFAIL("was accepted");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::Input);
            QCOMPARE(error.where(), path());
            QVERIFY2(error.message().find(expected) != std::string::npos, error.message().c_str());
        }
    }
    void rejectsFoldersAndMissingFiles() {
        QVERIFY_THROWS_EXCEPTION(Error, readSafetensors(folder_.path().toStdString()));
        QVERIFY_THROWS_EXCEPTION(Error, readSafetensors(path() + ".none"));
        QVERIFY_THROWS_EXCEPTION(Error, writeSafetensors(folder_.path().toStdString() + "/no/such/x", {}));
    }
    /// Detects every truncation and every flipped bit of a tensor. Damage in the header must not crash.
    void detectsDamage() {
        writeSafetensors(path(), tensorsOfEveryType(), {{"k", "v"}});
        const auto good = readBytes(path());
        const auto isRejected = [&](const std::string& bytes) {
            writeBytes(path(), bytes);
            try {
                readSafetensors(path());
                return false;
            } catch (const Error&) {
                return true;
            }
        };
        for (std::size_t length = 0; length < good.size(); length += 7)
            QVERIFY2(isRejected(good.substr(0, length)), fmt::format("truncated to {}", length).c_str());

        std::uint64_t header = 0;
        std::memcpy(&header, good.data(), sizeof header);
        std::mt19937 random(11);
        for (int trial = 0; trial < 2000; ++trial) {
            auto bytes = good;
            const std::size_t index = random() % bytes.size();
            bytes[index] = static_cast<char>(bytes[index] ^ (1 << random() % 8));
            const bool detected = isRejected(bytes);
            QVERIFY2(detected || index < 8 + header, fmt::format("byte {}", index).c_str());
        }
    }

    /// Another program may add metadata and reorder the tensors.
    void tensorChecksumIgnoresMetadataAndOrder() {
        writeSafetensors(path(), {{"a", at::arange(4, at::kFloat)}, {"b", at::ones({4})}}, {{"config", "x"}},
                         Checksum::Tensors);
        const std::string bytes = readBytes(path());
        std::uint64_t length = 0;
        std::memcpy(&length, bytes.data(), sizeof length);
        Json header = Json::parse(bytes.substr(8, length));
        const std::string payload = bytes.substr(8 + length);
        header["__metadata__"]["license"] = "CC-BY-4.0";
        header["__metadata__"]["config"] = "y";
        std::swap(header["a"]["data_offsets"], header["b"]["data_offsets"]);
        writeBytes(path(), assemble(header.dump(), payload.substr(16) + payload.substr(0, 16)));
        QCOMPARE(readSafetensors(path()).metadata.at("license"), std::string("CC-BY-4.0"));
        QVERIFY(readChangedSafetensors(path()).isUnchanged);

        // Changed values, and the same bytes with another type.
        const std::string reordered = payload.substr(16) + payload.substr(0, 16);
        std::string other = reordered;
        other[2] = '\1';
        Json retyped = header;
        retyped["a"]["dtype"] = "I32";
        for (const std::string& changed :
             {assemble(header.dump(), other), assemble(retyped.dump(), reordered)}) {
            writeBytes(path(), changed);
            QVERIFY(!readChangedSafetensors(path()).isUnchanged);
            try {
                readSafetensors(path());
                QFAIL("was accepted");
            } catch (const Error& error) {
                QVERIFY(error.message().find("changed by another program") != std::string::npos);
                QVERIFY(error.remedy().find("headroom import") != std::string::npos);
            }
        }
    }
    /// For files that only Headroom writes, and for those of older versions.
    void fullChecksumCoversMetadata() {
        writeSafetensors(path(), {{"a", at::ones({4})}}, {{"config", "x"}});
        std::string bytes = readBytes(path());
        const auto place = bytes.find(R"("config":"x")");
        QVERIFY(place != std::string::npos);
        bytes[place + 10] = 'y';
        writeBytes(path(), bytes);
        QVERIFY_THROWS_EXCEPTION(Error, readSafetensors(path()));
    }
    /// Regression: reading was quadratic in the number of tensors and took 20 s.
    void readsAHeaderOfManyTensors() {
        TensorMap tensors;
        for (int i = 0; i < 40'000; ++i)
            tensors[std::to_string(i)] = at::empty({0});
        writeSafetensors(path(), tensors);
        QCOMPARE(readSafetensors(path()).tensors.size(), tensors.size());
    }

private:
    std::string path() const { return folder_.filePath("file.safetensors").toStdString(); }
    QTemporaryDir folder_;
};

HEADROOM_TEST_MAIN(TestSafetensors)
#include "tst_safetensors.moc"
