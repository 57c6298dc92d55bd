// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/import_weights.h"
#include "core/support/error.h"
#include "core/weights/hyper_parameters.h"
#include "core/weights/torch_archive_writer.h"
#include "tests/core/engine/tiny_weights.h"
#include "tests/support/strict_main.h"
#include "tests/support/torch_python.h"

#include <QTemporaryDir>

using namespace headroom;

namespace {

/// The model that authors_checkpoint.py describes.
RunConfig authorsConfig() {
    RunConfig config;
    config.model.hiddenDim = 16;
    config.model.numLayers = 1;
    return config;
}

} // namespace

/// What a checkpoint has beside its weights: a configuration and a moving average.
class TestImportCheckpoint : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        const BandSplitModel model(modelShape(authorsConfig()), at::kCPU, at::kFloat, 3);
        weights_ = test::tensorsOf(model);
        writeTorchArchive(inside("weights.pt"), weights_, TorchLayout::StateDict);
        if (!test::hasTorchPython())
            QSKIP("there is no Python with PyTorch beside LibTorch");
        const QString printed =
            test::runTorchPython({HEADROOM_SOURCE_DIR "/tests/core/engine/authors_checkpoint.py",
                                  QString::fromStdString(inside("weights.pt")),
                                  QString::fromStdString(inside("authors.ckpt")), "16"});
        QVERIFY2(printed.isEmpty(), qPrintable(printed));
    }
    void readsTheConfigurationInTheFile() {
        const ImportReport report =
            importWeights(inside("authors.ckpt"), inside("out.safetensors"), std::nullopt);
        compare(1);
        const Safetensors written = readSafetensors(inside("out.safetensors"));
        const RunConfig config = parseConfig(written.metadata.at("config"), "metadata");
        QVERIFY(config.model == authorsConfig().model);
        QCOMPARE(config.loss.stftWindows, (std::vector<int>{1024, 512}));
        QCOMPARE(config.training.learningRate, 2.5e-4);
        QCOMPARE(config.data.stems, (std::vector<std::string>{"bass", "vocals"}));
        QCOMPARE(config.data.stemDropout, 0.125);
        QCOMPARE(report.notices.size(), std::size_t{1});
        QVERIFY2(
            report.notices.front().starts_with("The configuration in the file is the authors' configuration"),
            report.notices.front().c_str());
        QCOMPARE(report.leftOut, std::vector<std::string>{"featurizer.window"});
        QCOMPARE(written.metadata.at("license"), std::string("not stated"));
    }
    void takesTheAverageIfAsked() {
        importWeights(inside("authors.ckpt"), inside("out.safetensors"), std::nullopt,
                      {.average = true, .license = "MIT"});
        compare(2);
        QCOMPARE(readSafetensorsMetadata(inside("out.safetensors")).at("license"), std::string("MIT"));
    }
    void namedAveragesToo() {
        TensorMap both;
        for (const auto& [name, tensor] : weights_) {
            both["model." + name] = tensor;
            both["ema_model." + name] = 2 * tensor;
        }
        writeSafetensors(inside("both.safetensors"), both);
        importWeights(inside("both.safetensors"), inside("out.safetensors"), authorsConfig());
        compare(1);
        importWeights(inside("both.safetensors"), inside("out.safetensors"), authorsConfig(),
                      {.average = true});
        compare(2);
    }
    void refusesWithoutAverage() {
        try {
            importWeights(inside("weights.pt"), inside("none.safetensors"), authorsConfig(),
                          {.average = true});
            QFAIL("there is no average");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::Input);
            QVERIFY(error.message().find("contains no EMA") != std::string::npos);
        }
        QVERIFY(!std::filesystem::exists(inside("none.safetensors")));
    }
    void hyperParametersBecomeYaml() {
        const std::string yaml = readHyperParameters(inside("authors.ckpt")).value_or("none");
        QVERIFY2(
            yaml.find(
                R"("opt": {"_target_": "torch.optim.AdamW", "lr": 0.00025}, "copy": "${opt.lr}", "nothing": null})") !=
                std::string::npos,
            yaml.c_str());
        QVERIFY(!readHyperParameters(inside("weights.pt")));
        // Classes of other programs, and values that contain themselves.
        QVERIFY(
            readHyperParameters(HEADROOM_TEST_DATA "/checkpoints/lightning.ckpt").value_or("{}").front() ==
            '{');
    }

private:
    /// Fails unless the output has the weights times a factor.
    void compare(double factor) {
        const TensorMap imported = readSafetensors(inside("out.safetensors")).tensors;
        QCOMPARE(imported.size(), weights_.size());
        for (const auto& [name, tensor] : weights_)
            QVERIFY2(at::equal(imported.at(name), factor * tensor), name.c_str());
    }
    std::string inside(const char* name) const { return folder_.filePath(name).toStdString(); }
    TensorMap weights_;
    QTemporaryDir folder_;
};

HEADROOM_TEST_MAIN(TestImportCheckpoint)
#include "tst_import_checkpoint.moc"
