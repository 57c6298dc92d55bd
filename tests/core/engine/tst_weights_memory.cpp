// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_file.h"
#include "core/engine/engine_error.h"
#include "core/engine/import_weights.h"
#include "core/engine/open_model.h"
#include "core/model/band_split_model.h"
#include "core/separate/load_model.h"
#include "core/support/error.h"
#include "core/weights/safetensors.h"
#include "tests/support/scarce_memory.h"
#include "tests/support/sparse_weights.h"
#include "tests/support/strict_main.h"
#include "tests/support/torch_pickle.h"

#include <ATen/ATen.h>
#include <QTemporaryDir>

#include <exception>
#include <filesystem>
#include <new>

using namespace headroom;
using test::ScarceMemory;
using test::TensorPickle;

namespace {

constexpr int manyElements = 800'000'000; // 3 GiB
const std::string linear = "layers.0.0.linear.bias";
const std::string normGain = "final_norm.gamma";

RunConfig tinyConfig() {
    RunConfig config;
    config.audio.nFft = 64;
    config.audio.hopLength = 32;
    config.model.hiddenDim = 16;
    config.model.numLayers = 1;
    config.model.dState = 16;
    config.model.headdim = 8;
    config.model.freqsPerBands = {8, 8, 17};
    return config;
}

TensorMap wholeModel() {
    const BandSplitModel model(modelShape(tinyConfig()), at::kCPU, at::kFloat, 7);
    TensorMap tensors;
    for (const auto& [name, value] : model.parameters().entries())
        tensors[name] = value.detach();
    return tensors;
}

} // namespace

/// Files with tensors larger than the memory. What the model does not have must not be read.
class TestWeightsMemory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ScarceMemory::install(); }
    void init() {
        whole_ = wholeModel();
        std::filesystem::remove(output());
        ScarceMemory& memory = ScarceMemory::install();
        memory.setLimit(memory.allocated() + (64 << 20));
    }
    void cleanup() { ScarceMemory::install().setUnlimited(); }

    void comparesShapesOfSafetensorsFirst() {
        TensorMap others = whole_;
        others.erase(linear);
        test::writeSparseSafetensors(input(), others, linear, manyElements);
        const QString message = importError(false);
        QVERIFY2(message.contains("wrong shape: layers.0.0.linear.bias: [800000000] given"),
                 qPrintable(message));
        const ImportReport report = importWeights(input(), output(), tinyConfig(), {.partial = true});
        QCOMPARE(report.wrongShape.size(), std::size_t{1});
        QCOMPARE(readSafetensors(output()).tensors.size(), others.size());
        QVERIFY_THROWS_EXCEPTION(Error, loadModel(input(), tinyConfig(), at::kCPU));
    }

    /// Buffers of training programs are allowed, but not needed.
    void skipsOtherTensorsOfSafetensors() {
        test::writeSparseSafetensors(input(), whole_, "loss.window", manyElements);
        QCOMPARE(importWeights(input(), output(), tinyConfig()).leftOut,
                 std::vector<std::string>{"loss.window"});
        QVERIFY(same(readSafetensors(output()).tensors));
        const LoadedModel loaded = loadModel(input(), tinyConfig(), at::kCPU);
        QVERIFY(at::equal(loaded.model->parameters().at(normGain), whole_.at(normGain)));
    }

    void ignoresTheEmaOfSafetensors() {
        test::writeSparseSafetensors(input(), whole_, "ema_model." + normGain, manyElements);
        const ImportReport report = importWeights(input(), output(), tinyConfig());
        QCOMPARE(report.notices.size(), std::size_t{1});
        QVERIFY(same(readSafetensors(output()).tensors));
    }

    /// The checksum covers all tensors, also those that are not kept.
    void hashesOtherTensorsWithoutMemory() {
        constexpr std::int64_t elements = 48 << 20; // 192 MiB
        ScarceMemory::install().setUnlimited();
        TensorMap tensors = whole_;
        tensors["loss.window"] = at::zeros({elements});
        writeSafetensors(input(), tensors, {}, Checksum::Tensors);
        tensors.clear();
        ScarceMemory& memory = ScarceMemory::install();
        memory.setLimit(memory.allocated() + (64 << 20));
        QVERIFY(importWeights(input(), output(), tinyConfig()).notices.empty());
        loadModel(input(), tinyConfig(), at::kCPU);
        std::fstream file(input(), std::ios::in | std::ios::out | std::ios::binary);
        const auto size = static_cast<std::int64_t>(std::filesystem::file_size(input()));
        file.seekp(size - 100); // in loss.window, the only large tensor
        file.put('\x3f');
        file.close();
        QCOMPARE(importWeights(input(), output(), tinyConfig()).notices.size(), std::size_t{1});
        QVERIFY_THROWS_EXCEPTION(Error, loadModel(input(), tinyConfig(), at::kCPU));
    }

    void comparesShapesOfCheckpointsFirst() {
        writeCheckpoint({.name = linear, .elements = manyElements, .sizes = {manyElements}, .strides = {1}});
        QVERIFY(!importError(false).isEmpty());
        const ImportReport report = importWeights(input(), output(), tinyConfig(), {.partial = true});
        QCOMPARE(report.wrongShape.size(), std::size_t{1});
        QCOMPARE(report.tensors, std::int64_t{1});
    }

    /// A small tensor can be a part of a large storage.
    void limitsStoragesOfCheckpoints() {
        writeCheckpoint({.name = linear, .elements = manyElements, .sizes = {16}, .strides = {1}});
        const QString message = importError(true);
        QVERIFY2(message.contains("3200000000 bytes"), qPrintable(message));
    }

    void refusesCompressedStorages() {
        writeCheckpoint({.name = linear, .elements = manyElements, .sizes = {16}, .strides = {1}}, 8);
        const QString message = importError(true);
        QVERIFY2(message.contains("compressed"), qPrintable(message));
    }

    void allLackOfMemoryHasARemedy() {
        const Error error = engineError(std::make_exception_ptr(std::bad_alloc()));
        QCOMPARE(error.message(), std::string("out of memory. ") + moreMemoryRemedy);
    }

    /// Neither shorter segments nor another file help.
    void saysThatWeightsDoNotFit() {
        writeSafetensors(input(), whole_, {{"config", dumpConfig(tinyConfig())}});
        ModelSource source;
        source.weights = input();
        source.device = "cpu";
        openModel(source);
        ScarceMemory& memory = ScarceMemory::install();
        memory.setLimit(memory.allocated() + 4096);
        try {
            openModel(source);
            QFAIL("opened");
        } catch (const OutOfMemoryError& error) {
            memory.setUnlimited();
            const std::string message = error.message();
            QVERIFY2(message.starts_with(input() + ": not enough memory for the weights: "), message.c_str());
            QCOMPARE(error.remedy(), std::string(moreMemoryRemedy));
            QVERIFY2(message.find("frame #") == std::string::npos, message.c_str());
        }
    }

private:
    /// A checkpoint with a bias of the first band and another tensor, whose storage consists of zeros.
    void writeCheckpoint(TensorPickle other, std::uint16_t method = 0) const {
        other.key = "1";
        const TensorPickle good{
            .name = "band_split.to_features.0.1.bias", .elements = 16, .sizes = {16}, .strides = {1}};
        const std::string pickle = "\x80\x02}" + good.item() + other.item() + ".";
        const auto zeros = static_cast<std::uint32_t>(other.elements * std::int64_t{sizeof(float)});
        test::writeSparseZip(input(), {{.name = "a/data.pkl", .contents = pickle},
                                       {.name = "a/data/0", .contents = std::string(64, '\0')},
                                       {.name = "a/data/1", .zeros = zeros, .method = method}});
    }
    /// The message of an error that names the file; empty if there is none.
    QString importError(bool partial) const {
        try {
            importWeights(input(), output(), tinyConfig(), {.partial = partial});
        } catch (const Error& error) {
            const bool isRefused = error.kind() == ErrorKind::Input && error.where() == input() &&
                                   !std::filesystem::exists(output());
            return isRefused ? QString::fromStdString(error.message()) : QString();
        }
        return {};
    }
    bool same(const TensorMap& tensors) const {
        return tensors.size() == whole_.size() && std::ranges::all_of(whole_, [&](const auto& entry) {
                   return at::equal(tensors.at(entry.first), entry.second);
               });
    }
    std::string input() const { return folder_.filePath("input").toStdString(); }
    std::string output() const { return folder_.filePath("output.safetensors").toStdString(); }

    QTemporaryDir folder_;
    TensorMap whole_;
};

HEADROOM_TEST_MAIN(TestWeightsMemory)
#include "tst_weights_memory.moc"
