// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/error.h"
#include "core/weights/published_weights.h"
#include "tests/support/bad_files.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>
#include <QTemporaryDir>

#include <fstream>

using namespace headroom;

namespace {

/// The magic number of torch.save before PyTorch 1.6.
const std::string legacyStart("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15);

} // namespace

class TestPublishedWeights : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void removesAllPrefixes_data() {
        QTest::addColumn<std::string>("prefix");
        for (const char* prefix : {"", "model.", "module.", "_orig_mod.", "ema_model.", "module._orig_mod.",
                                   "_orig_mod.module.", "model.module.model.", "ema_model.module."})
            QTest::newRow(prefix) << std::string(prefix);
    }
    void removesAllPrefixes() {
        QFETCH(std::string, prefix);
        write({{prefix + "layers.0.weight", at::ones({2})}, {prefix + "final_norm.gamma", at::ones({3})}});
        const PublishedWeights weights = readPublishedWeights(path());
        QVERIFY(weights.notices.empty());
        QCOMPARE(weights.tensors.size(), std::size_t{2});
        QVERIFY(weights.tensors.contains("layers.0.weight") && weights.tensors.contains("final_norm.gamma"));
    }
    void prefersWeightsOverEma() {
        write({{"model.a", at::full({1}, 1.0F)}, {"ema_model.a", at::full({1}, 2.0F)}});
        const PublishedWeights weights = readPublishedWeights(path());
        QCOMPARE(weights.tensors.at("a").item<float>(), 1.0F);
        QCOMPARE(weights.notices.size(), std::size_t{1});
    }
    void rejectsIntegersThatAreWanted() {
        write({{"a.weight", at::ones({2})}, {"b.weight", at::ones({2}, at::kChar)}});
        const auto isA = [](const std::string& name) { return name == "a.weight"; };
        QCOMPARE(readPublishedWeights(path(), isA).tensors.size(), std::size_t{1});
        const auto refusal = QString::fromStdString(test::errorOf([&] { readPublishedWeights(path()); }));
        QVERIFY2(refusal.contains("'b.weight' holds integers"), qPrintable(refusal));
    }
    void rejectsDuplicateNames() {
        write({{"model.a", at::ones({1})}, {"module.a", at::ones({1})}});
        QVERIFY_THROWS_EXCEPTION(Error, readPublishedWeights(path()));
    }

    void detectsUnsupportedFormats_data() {
        QTest::addColumn<std::string>("content");
        QTest::addColumn<QString>("named");
        const auto row = [](const char* name, const std::string& content, const char* named) {
            QTest::newRow(name) << content << QString(named);
        };
        row("Git LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
            "Git LFS");
        row("web page", "\n<!DOCTYPE html><html></html>", "web page");
        row("web page in capitals", "<HTML><body>404</body></HTML>", "web page");
        row("legacy checkpoint", legacyStart, "before PyTorch 1.6");
        row("bare pickle", std::string("\x80\x04}.", 4), "pickle");
        row("Zstandard", "\x28\xb5\x2f\xfd\x04", "Zstandard");
        row("NumPy", std::string("\x93NUMPY\x01\0", 8), "NumPy");
        row("ONNX", "\x08\x08\x12\x07pytorch", "ONNX");
        row("tar", std::string(257, '\1') + "ustar" + std::string(20, '\0'), "tar");
        row("text", "model:\n  hidden_dim: 256\n", "text file");
        row("JSON", "{\"error\": \"not found\"}", "JSON");
        row("gzip", std::string("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10), "gzip");
        row("GGUF", std::string("GGUF\x03\0\0\0", 8), "GGUF");
        row("HDF5", "\x89HDF\r\n\x1a\n", "HDF5");
        row("empty", "", "empty");
        row("WAV", std::string("RIFF\x24\x10\0\0WAVEfmt \x10\0\0\0", 20), "audio file (WAV)");
        row("RF64", "RF64\xff\xff\xff\xffWAVEds64", "audio file (RF64)");
        row("FLAC", std::string("fLaC\0\0\0\x22", 8), "audio file (FLAC)");
        row("Ogg", std::string("OggS\0\2\0\0\0", 9), "audio file (Ogg)");
        row("AIFF", std::string("FORM\0\0\x10\0AIFFCOMM", 16), "audio file (AIFF)");
        row("ID3", std::string("ID3\x04\0\0\0\0\x0f\x76", 10), "audio file (MP3");
        row("MP3 without tag", std::string("\xff\xfb\x90\x64\0\0", 6), "audio file (MP3)");
        row("M4A",
            std::string("\0\0\0\x20"
                        "ftypM4A \0\0\0\0",
                        16),
            "M4A");
        row("PNG", "\x89PNG\r\n\x1a\n", "picture (PNG)");
        row("JPEG", std::string("\xff\xd8\xff\xe0\0\x10JFIF", 10), "picture (JPEG)");
        row("WebP", std::string("RIFF\x24\x10\0\0WEBPVP8 ", 16), "picture (WebP)");
    }
    void detectsUnsupportedFormats() {
        QFETCH(std::string, content);
        QFETCH(QString, named);
        std::ofstream(path(), std::ios::binary) << content;
        for (const bool isOwnFile : {false, true}) {
            try {
                if (isOwnFile)
                    readSafetensors(path());
                else
                    readPublishedWeights(path());
                QFAIL("was accepted");
            } catch (const Error& error) {
                QVERIFY(error.kind() == ErrorKind::Input);
                QVERIFY2(QString::fromStdString(error.message()).contains(named), error.message().c_str());
                QVERIFY(!error.remedy().empty());
            }
        }
    }
    void legacyCheckpointsHaveARemedy() {
        std::ofstream(path(), std::ios::binary) << legacyStart;
        try {
            readPublishedWeights(path());
            QFAIL("was accepted");
        } catch (const Error& error) {
            QVERIFY2(error.remedy().find("save it again") != std::string::npos, error.message().c_str());
        }
    }
    /// The length of a header can have the bytes of another format's magic.
    void headerLengthIsNotMistakenForAMagic() {
        TensorMap tensors;
        for (int i = 0; i < 300; ++i)
            tensors["tensor" + std::to_string(i)] = at::zeros({1});
        for (std::size_t more = 0; more < 600; more += 8) {
            writeSafetensors(path(), tensors, {{"note", std::string(more, 'x')}});
            QCOMPARE(readPublishedWeights(path()).tensors.size(), tensors.size());
        }
    }
    void torchSaveCheckpointSuggestsImport() {
        try {
            readSafetensors(HEADROOM_TEST_DATA "/checkpoints/lightning.ckpt");
            QFAIL("was accepted");
        } catch (const Error& error) {
            QVERIFY2(error.remedy().find("headroom import") != std::string::npos, error.message().c_str());
        }
    }

private:
    void write(const TensorMap& tensors) { writeSafetensors(path(), tensors); }
    std::string path() const { return folder_.filePath("weights.bin").toStdString(); }
    QTemporaryDir folder_;
};

HEADROOM_TEST_MAIN(TestPublishedWeights)
#include "tst_published_weights.moc"
