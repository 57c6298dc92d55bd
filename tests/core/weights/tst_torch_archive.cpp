// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/error.h"
#include "core/weights/pickle.h"
#include "core/weights/torch_archive.h"
#include "tests/support/bad_files.h"
#include "tests/support/strict_main.h"
#include "tests/support/torch_pickle.h"

#include <ATen/ATen.h>
#include <QTemporaryDir>
#include <zip.h>

#include <filesystem>
#include <fstream>
#include <random>

using headroom::Error;
using headroom::ErrorKind;
using headroom::Pickle;
using headroom::readSafetensors;
using headroom::readTorchArchive;
using headroom::readTorchShapes;
using headroom::TensorMap;
using headroom::test::binaryText;
using headroom::test::TensorPickle;

namespace {

const std::string checkpoints = HEADROOM_TEST_DATA "/checkpoints/";

std::string readBytes(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Writes a zip file with these entries (name, contents).
void writeZip(const std::string& path, const std::vector<std::pair<std::string, std::string>>& entries,
              int method = ZIP_CM_STORE) {
    std::filesystem::remove(path);
    zip_t* archive = zip_open(path.c_str(), ZIP_CREATE, nullptr);
    for (const auto& [name, bytes] : entries) {
        const auto index =
            zip_file_add(archive, name.c_str(), zip_source_buffer(archive, bytes.data(), bytes.size(), 0), 0);
        zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), method, 0);
    }
    QCOMPARE(zip_close(archive), 0);
}

} // namespace

class TestTorchArchive : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsEveryTypeAndLayout_data() {
        QTest::addColumn<QString>("file");
        QTest::newRow("protocol 2") << "zoo.pt";
        QTest::newRow("protocol 5") << "zoo_protocol5.pt";
    }
    void readsEveryTypeAndLayout() {
        QFETCH(QString, file);
        const auto expected = readSafetensors(checkpoints + "zoo.safetensors").tensors;
        const auto tensors = readTorchArchive(checkpoints + file.toStdString()).tensors;
        QCOMPARE(tensors.size(), expected.size());
        for (const auto& [name, tensor] : expected) {
            QCOMPARE(tensors.at(name).scalar_type(), tensor.scalar_type());
            QVERIFY2(at::equal(tensors.at(name), tensor), name.c_str());
        }
    }
    void findsWeightsAmongOtherObjects() {
        const auto tensors = readTorchArchive(checkpoints + "lightning.ckpt").tensors;
        const auto golden =
            readSafetensors(HEADROOM_TEST_DATA "/golden/model_d16x1_heads8_batch2.safetensors",
                            [](const auto& name) { return name.starts_with("param/"); });
        QCOMPARE(tensors.size(), golden.tensors.size() + 1); // one missing, two more
        for (const auto& [name, tensor] : golden.tensors) {
            const std::string fullName = "model." + name.substr(6);
            if (fullName != "model.final_norm.gamma")
                QVERIFY2(at::equal(tensors.at(fullName), tensor.to(at::kBFloat16)), fullName.c_str());
        }
        QVERIFY(tensors.contains("loss.window"));
        QVERIFY(!std::filesystem::exists("harm-was-done"));
    }
    void readsAHandmadePickle() {
        writeZip(path(), {{"a/data.pkl", TensorPickle().pickle()}, {"a/data/0", std::string(24, '\0')}});
        QVERIFY(at::equal(readTorchArchive(path()).tensors.at("w"), at::zeros({2, 3})));
    }
    void readsOnlyWantedTensors() {
        const auto isEven = [](const std::string& name) { return name.size() % 2 == 0; };
        const auto all = readTorchArchive(checkpoints + "zoo.pt").tensors;
        const auto outline = readTorchShapes(checkpoints + "zoo.pt").tensors;
        const auto some = readTorchArchive(checkpoints + "zoo.pt", isEven).tensors;
        QCOMPARE(outline.size(), all.size());
        QVERIFY(!some.empty() && some.size() < all.size());
        for (const auto& [name, tensor] : all) {
            QCOMPARE(outline.at(name).sizes(), tensor.sizes());
            QCOMPARE(some.contains(name), isEven(name));
            QVERIFY(!some.contains(name) || at::equal(some.at(name), tensor));
        }
    }
    void namesTypesThatItDoesNotRead() {
        const std::string message =
            headroom::test::errorOf([] { readTorchArchive(checkpoints + "float8.pt"); });
        QVERIFY2(message.find("cannot read tensor 'layer.weight': its type torch.float8_e4m3fn is not "
                              "supported") != std::string::npos,
                 message.c_str());
    }

    void nonZeroBytesAreTrue() {
        const TensorPickle boolean{
            .storageClass = "BoolStorage", .elements = 4, .sizes = {4}, .strides = {1}};
        writeZip(path(), {{"a/data.pkl", boolean.pickle()}, {"a/data/0", std::string("\0\1\2\xff", 4)}});
        QVERIFY(at::equal(readTorchArchive(path()).tensors.at("w").to(at::kLong), at::tensor({0, 1, 1, 1})));
    }

    /// Other tensors in a checkpoint, such as an EMA, must not be mistaken for the weights.
    void choosesOneOfSeveralSets_data() {
        QTest::addColumn<QStringList>("keys");
        QTest::addColumn<QString>("chosen");
        QTest::newRow("EMA first") << QStringList{"ema", "model"} << "model";
        QTest::newRow("EMA with another name") << QStringList{"model_ema", "net"} << "net";
        QTest::newRow("only EMA") << QStringList{"ema"} << "ema";
        QTest::newRow("state_dict") << QStringList{"model", "state_dict"} << "state_dict";
        QTest::newRow("unknown names") << QStringList{"first", "second"} << "first";
    }
    void choosesOneOfSeveralSets() {
        QFETCH(QStringList, keys);
        QFETCH(QString, chosen);
        std::string program = "\x80\x02}";
        for (const QString& key : keys)
            program += binaryText(key.toStdString()) +
                       TensorPickle{.elements = 12, .offset = key == chosen ? 6 : 0}.mapping() + "s";
        writeZip(path(), {{"a/data.pkl", program + "."},
                          {"a/data/0", std::string(24, '\0') + std::string(24, '\1')}});
        const auto archive = readTorchArchive(path());
        QCOMPARE(archive.set, chosen.toStdString());
        QCOMPARE(archive.otherSets.size(), static_cast<std::size_t>(keys.size() - 1));
        QVERIFY(archive.tensors.at("w").ne(0).all().item<bool>());
    }
    /// A pickle of a few megabytes must not take gigabytes.
    void rejectsPicklesWithTooManyInstructions_data() {
        QTest::addColumn<std::string>("unit");
        QTest::newRow("numbers") << std::string("K\1");
        QTest::newRow("mappings") << std::string("}");
        QTest::newRow("memo entries") << std::string("N\x94");
        QTest::newRow("marks") << std::string("(");
        QTest::newRow("copies") << std::string("2");
    }
    void rejectsPicklesWithTooManyInstructions() {
        QFETCH(std::string, unit);
        std::string program = "\x80\x04N";
        for (int i = 0; i < 2'000'001; ++i)
            program += unit;
        writeZip(path(), {{"a/data.pkl", program + "."}});
        QVERIFY(isRejected());
    }

    /// A text that is in the file once must not be copied by every instruction.
    void doesNotCopyLongTexts() {
        const std::string text = binaryText(std::string(1 << 20, 'a')) + "q\1";
        std::string names = "\x80\x04" + text;
        for (int i = 0; i < 100'000; ++i)
            names += "h\1h\1\x93";
        writeZip(path(), {{"a/data.pkl", names + "."}});
        QVERIFY(isRejected());
        std::string sets = "\x80\x02]" + text;
        sets += '}';
        for (int i = 0; i < 20'000; ++i)
            sets += binaryText(std::to_string(i)) + "}h\1" + TensorPickle().mapping() + "ss";
        writeZip(path(), {{"a/data.pkl", sets + "."}, {"a/data/0", std::string(24, '\0')}});
        QCOMPARE(readTorchArchive(path()).otherSets.size(), std::size_t{19'999});
    }

    void rejectsInvalidTensors_data() {
        QTest::addColumn<std::string>("pickle");
        const auto row = [](const char* name, const TensorPickle& tensor) {
            QTest::newRow(name) << tensor.pickle();
        };
        row("exceeds the storage", {.offset = 1});
        row("negative offset", {.offset = -1});
        row("stride exceeds the storage", {.strides = {4, 1}});
        row("negative stride", {.strides = {-3, 1}});
        row("more elements than the storage", {.sizes = {1 << 30, 1 << 30}, .strides = {0, 0}});
        row("repeated", {.sizes = {7}, .strides = {0}});
        row("overflow", {.sizes = {2, 0x7fffffff, 0x7fffffff, 0x7fffffff}, .strides = {0, 0, 0, 0}});
        row("empty overflow", {.sizes = {0, 0x7fffffff, 0x7fffffff, 0x7fffffff}, .strides = {0, 0, 0, 0}});
        row("ranks differ", {.strides = {1}});
        row("too many dimensions", {.sizes = std::vector<int>(65, 1), .strides = std::vector<int>(65, 1)});
        row("storage too long", {.elements = 7});
        row("storage too short", {.elements = 5});
        row("storage of a negative length", {.elements = -6});
        row("storage missing", {.key = "1"});
        row("storage elsewhere", {.key = "../data.pkl"});
        row("unknown type", {.storageClass = "ComplexFloatStorage"});
        row("type of another size", {.storageClass = "DoubleStorage"});
        const std::string rebuild =
            std::string("\x80\x02}") + binaryText("w") + "ctorch._utils\n_rebuild_tensor_v2\n";
        QTest::newRow("no arguments") << rebuild + ")Rs.";
        QTest::newRow("arguments of the wrong type") << rebuild + "NRs.";
        QTest::newRow("elements of the wrong type") << rebuild + "(NNNNtRs.";
        QTest::newRow("storage without id") << rebuild + "(NQJ" + std::string(4, '\0') + "))tRs.";
    }
    void rejectsInvalidTensors() {
        QFETCH(std::string, pickle);
        writeZip(path(), {{"a/data.pkl", pickle}, {"a/data/0", std::string(24, '\0')}});
        QVERIFY(isRejected());
    }

    void rejectsInvalidPickles_data() {
        QTest::addColumn<std::string>("program");
        QTest::newRow("empty") << std::string();
        QTest::newRow("no end") << std::string("\x80\x02}");
        QTest::newRow("only a stop") << std::string(".");
        QTest::newRow("future protocol") << std::string("\x80\x09N.");
        QTest::newRow("unknown instruction") << std::string("\xee.");
        QTest::newRow("truncated text") << std::string("X") + std::string("\xff\xff\xff\x7f", 4) + "abc";
        QTest::newRow("text of 2^64") << std::string("\x8d") + std::string(8, '\xff') + ".";
        QTest::newRow("truncated long") << std::string("\x8b\xff\xff\xff\xff.", 6);
        QTest::newRow("class without end") << std::string("cos");
        QTest::newRow("class named by a number") << std::string("K\1K\2\x93.");
        QTest::newRow("undefined memo entry") << std::string("h\5.");
        QTest::newRow("memo of an empty stack") << std::string("q\5.");
        QTest::newRow("no mark") << std::string("Nt.");
        QTest::newRow("pop below the mark") << std::string("N(0.");
        QTest::newRow("key without value") << std::string("}(Nu.");
        QTest::newRow("tuple with too few elements") << std::string("N\x87.");
        QTest::newRow("append to nothing") << std::string("Na.");
        QTest::newRow("no weights") << std::string("}.");
        QTest::newRow("a list") << std::string("].");
    }
    void rejectsInvalidPickles() {
        QFETCH(std::string, program);
        writeZip(path(), {{"a/data.pkl", program}});
        QVERIFY(isRejected());
    }
    void survivesCyclesAndDeepNesting() {
        std::string deep = "\x80\x02";
        for (int i = 0; i < 200000; ++i)
            deep.append("}").append(binaryText("a"));
        deep.append("N").append(200000, 's').append(".");
        writeZip(path(), {{"a/data.pkl", deep}});
        QVERIFY(isRejected());
        writeZip(path(), {{"a/data.pkl", std::string("}q\1") + binaryText("state_dict") + "h\1s."}});
        QVERIFY(isRejected());
    }
    void rejectsOtherFiles() {
        std::ofstream(path()) << "PK\3\4 but no more";
        QVERIFY(isRejected());
        writeZip(path(), {{"word/document.xml", "<x/>"}});
        QVERIFY(isRejected());
        const auto pickle = TensorPickle().pickle();
        writeZip(path(),
                 {{"a/data.pkl", pickle}, {"a/byteorder", "big"}, {"a/data/0", std::string(24, '\0')}});
        QVERIFY(isRejected());
        writeZip(path(), {{"a/data.pkl", pickle}, {"a/data/0", std::string(24, '\0')}}, ZIP_CM_DEFLATE);
        QVERIFY(isRejected());
    }
    /// Damage must not crash. The checksums of the zip file detect damage to the entries that are read.
    void survivesDamage() {
        const auto good = readBytes(checkpoints + "zoo.pt");
        std::mt19937 random(23);
        for (std::size_t length = 0; length < good.size(); length += 97) {
            std::ofstream(path(), std::ios::binary) << good.substr(0, length);
            QVERIFY(isRejected());
        }
        for (int trial = 0; trial < 1500; ++trial) {
            auto bytes = good;
            for (std::uint32_t i = 0; i <= random() % 4; ++i)
                bytes[random() % bytes.size()] = static_cast<char>(random());
            std::ofstream(path(), std::ios::binary) << bytes;
            isRejected();
        }
    }
    /// The same for the pickle alone, without the protection of checksums.
    void survivesDamagedPickles() {
        zip_t* archive = zip_open((checkpoints + "lightning.ckpt").c_str(), ZIP_RDONLY, nullptr);
        zip_stat_t status;
        zip_stat(archive, "lightning/data.pkl", 0, &status);
        std::string good(status.size, '\0');
        zip_file_t* entry = zip_fopen(archive, "lightning/data.pkl", 0);
        QCOMPARE(zip_fread(entry, good.data(), good.size()), static_cast<zip_int64_t>(good.size()));
        zip_fclose(entry);
        zip_discard(archive);

        std::mt19937 random(29);
        int parsed = 0;
        for (int trial = 0; trial < 3000; ++trial) {
            auto bytes = good;
            for (std::uint32_t i = 0; i <= random() % 8; ++i)
                bytes[random() % bytes.size()] = static_cast<char>(random());
            try {
                const Pickle pickle(std::as_bytes(std::span(bytes)), "test");
                parsed += pickle.root().items.empty() ? 0 : 1;
            } catch (const Error&) {
            }
        }
        QVERIFY(parsed > 0);
    }

private:
    std::string path() const { return folder_.filePath("file.pt").toStdString(); }
    bool isRejected() const {
        try {
            readTorchArchive(path());
            return false;
        } catch (const Error& error) {
            return error.kind() == ErrorKind::Input && !error.where().empty();
        }
    }
    QTemporaryDir folder_;
};

HEADROOM_TEST_MAIN(TestTorchArchive)
#include "tst_torch_archive.moc"
