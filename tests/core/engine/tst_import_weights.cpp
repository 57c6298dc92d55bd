// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_file.h"
#include "core/engine/import_weights.h"
#include "core/model/band_split_model.h"
#include "core/support/error.h"
#include "core/weights/content_hash.h"
#include "core/weights/safetensors.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>
#include <QProcess>
#include <QTemporaryDir>

#include <cmath>
#include <filesystem>
#include <fstream>

using namespace headroom;

namespace {

const std::string checkpoint = HEADROOM_TEST_DATA "/checkpoints/lightning.ckpt";

RunConfig checkpointConfig() {
    RunConfig config;
    config.audio.nFft = 256;
    config.audio.hopLength = 64;
    config.model.hiddenDim = 16;
    config.model.numLayers = 1;
    config.model.dState = 16;
    config.model.headdim = 8;
    config.model.freqsPerBands = {9, 9, 9, 9, 9, 14, 14, 14, 14, 14, 14};
    return config;
}

/// All parameters of the model of checkpointConfig(), with distinct values.
TensorMap wholeModel() {
    const BandSplitModel model(modelShape(checkpointConfig()), at::kCPU, at::kFloat, 7);
    TensorMap tensors;
    for (const auto& [name, value] : model.parameters().entries())
        tensors[name] = value.detach();
    return tensors;
}

} // namespace

class TestImportWeights : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { std::filesystem::remove(output()); }
    void importsLightningCheckpoint() {
        const ImportReport report =
            importWeights(checkpoint, output(), checkpointConfig(), {.partial = true});
        QCOMPARE(report.missing, std::vector<std::string>{"final_norm.gamma"});
        QCOMPARE(report.leftOut, (std::vector<std::string>{"ema_decay", "loss.window"}));

        const auto written = readSafetensors(output());
        const auto golden =
            readSafetensors(HEADROOM_TEST_DATA "/golden/model_d16x1_heads8_batch2.safetensors",
                            [](const auto& name) { return name.starts_with("param/"); });
        QCOMPARE(written.tensors.size(), golden.tensors.size() - 1);
        QCOMPARE(report.tensors, static_cast<std::int64_t>(written.tensors.size()));
        for (const auto& [name, tensor] : written.tensors)
            QVERIFY(at::equal(tensor, golden.tensors.at("param/" + name).to(at::kBFloat16).to(at::kFloat)));
        const RunConfig config = parseConfig(written.metadata.at("config"), "metadata");
        QCOMPARE(config.model.freqsPerBands, checkpointConfig().model.freqsPerBands);
    }
    void importsOwnOutput() {
        importWeights(checkpoint, output(), checkpointConfig(), {.partial = true});
        const std::string second = output() + ".second";
        QVERIFY(importWeights(output(), second, checkpointConfig(), {.partial = true}).leftOut.empty());
        const Safetensors a = readSafetensors(output());
        const Safetensors b = readSafetensors(second);
        QVERIFY(a.metadata.at(tensorsChecksumKey) == b.metadata.at(tensorsChecksumKey));
        QCOMPARE(b.metadata.at("source"), std::string("weights.safetensors"));
    }
    void refusesOtherModels() {
        RunConfig config = checkpointConfig();
        config.model.hiddenDim = 32;
        QVERIFY_THROWS_EXCEPTION(Error, importWeights(checkpoint, output(), config));
        writeSafetensors(output() + ".other", {{"lstm.weight", at::zeros({2})}});
        QVERIFY_THROWS_EXCEPTION(Error, importWeights(output() + ".other", output(), config));
        QVERIFY(!std::filesystem::exists(output()));
    }
    /// Refuses missing, additional and differently shaped tensors, and writes nothing.
    void importsOnlyCompleteModels() {
        const TensorMap whole = wholeModel();
        const std::string input = output() + ".in";
        const auto refusal = [&](const TensorMap& tensors, const RunConfig& config) -> QString {
            writeSafetensors(input, tensors);
            try {
                importWeights(input, output(), config);
            } catch (const Error& error) {
                return error.kind() == ErrorKind::Input ? QString::fromStdString(error.message()) : QString();
            }
            return {};
        };
        QCOMPARE(refusal(whole, checkpointConfig()), QString());
        std::filesystem::remove(output());

        TensorMap shorter = whole;
        shorter.erase("final_norm.gamma");
        QVERIFY2(refusal(shorter, checkpointConfig()).contains("missing: final_norm.gamma"), "missing");
        TensorMap deeper = whole;
        deeper["layers.1.0.norm.weight"] = at::zeros({16});
        const QString layers = refusal(deeper, checkpointConfig());
        QVERIFY2(layers.contains("the file has 2 layers, 1 stem, width 16, 11 bands, 2 channels") &&
                     layers.contains("the configuration has 1 layer,"),
                 qPrintable(layers));
        TensorMap refined = whole;
        refined["refiner.0.weight"] = at::zeros({2});
        QVERIFY2(refusal(refined, checkpointConfig()).contains("unexpected: refiner.0.weight"),
                 "another network");
        RunConfig mono = checkpointConfig();
        mono.audio.channels = 1;
        QVERIFY2(refusal(whole, mono).contains("1 channel"), "channels");
        TensorMap surplus = whole;
        surplus["layers.0.0.linear.extra"] = at::zeros({2});
        QVERIFY2(refusal(surplus, checkpointConfig()).contains("unexpected: layers.0.0.linear.extra"),
                 "unexpected");
        TensorMap reshaped = whole;
        reshaped["layers.0.0.linear.bias"] = at::zeros({17});
        QVERIFY2(refusal(reshaped, checkpointConfig()).contains("wrong shape: layers.0.0.linear.bias"),
                 "shape");
        TensorMap attention = whole;
        attention["layers.0.0.layers.0.0.to_qkv.weight"] = at::zeros({2, 2});
        QVERIFY2(refusal(attention, checkpointConfig()).contains("RoFormer"), "RoFormer");
        QVERIFY2(refusal({{"lstm.weight", at::zeros({2})}}, checkpointConfig()).contains("lstm.weight"),
                 "names");
        RunConfig twoStems = checkpointConfig();
        twoStems.data.targets = {"vocals", "drums"};
        QVERIFY2(refusal(whole, twoStems).contains("2 stems"), "stems");
        TensorMap broken = whole;
        broken["layers.0.0.linear.bias"] = at::full({16}, NAN);
        QVERIFY2(refusal(broken, checkpointConfig()).contains("NaN or infinity, first in layers.0.0"), "NaN");
        QVERIFY(!std::filesystem::exists(output()));

        TensorMap buffers = whole;
        buffers["featurizer.window"] = at::zeros({2});
        QCOMPARE(refusal(buffers, checkpointConfig()), QString());
        QVERIFY(std::filesystem::exists(output()));
    }
    void importsPartOnRequest() {
        TensorMap part = wholeModel();
        part.erase("final_norm.gamma");
        part["layers.0.0.linear.bias"] = at::zeros({17});
        part["layers.7.0.linear.bias"] = at::zeros({16});
        const std::string input = output() + ".in";
        writeSafetensors(input, part);
        const ImportReport report = importWeights(input, output(), checkpointConfig(), {.partial = true});
        QCOMPARE(report.missing, std::vector<std::string>{"final_norm.gamma"});
        QCOMPARE(report.wrongShape.size(), std::size_t{1});
        QCOMPARE(report.leftOut, std::vector<std::string>{"layers.7.0.linear.bias"});
        const Safetensors written = readSafetensors(output());
        QVERIFY(!written.tensors.contains("layers.0.0.linear.bias"));
        QVERIFY(written.metadata.contains(partialWeightsKey));
        // Attention is another model, which is refused entirely.
        part["layers.0.0.layers.0.0.to_qkv.weight"] = at::zeros({2, 2});
        writeSafetensors(input, part);
        QVERIFY_THROWS_EXCEPTION(Error,
                                 importWeights(input, output(), checkpointConfig(), {.partial = true}));
    }
    void writesOrigin() {
        const std::string input = folder_.filePath("downloaded.bin").toStdString();
        writeSafetensors(input, wholeModel());
        importWeights(input, output(), checkpointConfig());
        auto metadata = readSafetensorsMetadata(output());
        QCOMPARE(metadata.at("format"), std::string("pt"));
        QCOMPARE(metadata.at("source"), std::string("downloaded.bin"));
        QCOMPARE(metadata.at("source_xxh3_64"), hashOfFile(input));
        QCOMPARE(metadata.at("license"), std::string("not stated"));
        QVERIFY(!metadata.contains(partialWeightsKey));
        writeSafetensors(input, wholeModel(), {{"license", "MIT"}});
        importWeights(input, output(), checkpointConfig());
        QCOMPARE(readSafetensorsMetadata(output()).at("license"), std::string("MIT"));
    }
    /// The number of stems in the configuration is compared with the file before the model allocates memory.
    void checksHugeConfigurationWithoutMemory() {
        RunConfig config = checkpointConfig();
        config.data.targets.clear();
        for (int i = 0; i < 2000; ++i)
            config.data.targets.push_back("stem" + std::to_string(i));
        TensorMap tensors = wholeModel();
        for (int i = 0; i < 2000; ++i)
            tensors["mask_estimators." + std::to_string(i) + ".to_freqs.0.0.0.bias"] = at::zeros({1});
        const std::string input = output() + ".in";
        writeSafetensors(input, tensors);
        QVERIFY_THROWS_EXCEPTION(Error, importWeights(input, output(), config));
    }
    void importsModifiedFileWithNotice() {
        const std::string input = output() + ".in";
        writeSafetensors(input, wholeModel(), {}, Checksum::Tensors);
        QVERIFY(importWeights(input, output(), checkpointConfig()).notices.empty());
        std::fstream file(input, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(-1, std::ios::end);
        file.put('\x3f');
        file.close();
        QVERIFY_THROWS_EXCEPTION(Error, readSafetensors(input));
        QCOMPARE(importWeights(input, output(), checkpointConfig()).notices.size(), std::size_t{1});
    }
    void refusesDuplicateNames() {
        writeSafetensors(output() + ".both", {{"model.a", at::zeros({2})}, {"a", at::zeros({2})}});
        QVERIFY_THROWS_EXCEPTION(Error, importWeights(output() + ".both", output(), checkpointConfig()));
    }
    void usesTheConfigurationInTheFile() {
        const std::string input = output() + ".in";
        const auto write = [&](const RunConfig& config) {
            writeSafetensors(input, wholeModel(), {{"config", dumpConfig(config)}});
        };
        write(checkpointConfig());
        importWeights(input, output(), std::nullopt);
        QVERIFY(parseConfig(readSafetensorsMetadata(output()).at("config"), "metadata") ==
                checkpointConfig());
        write(RunConfig()); // another model, but the one given is used
        importWeights(input, output(), checkpointConfig());
        QVERIFY_THROWS_EXCEPTION(Error, importWeights(input, output(), std::nullopt));
        RunConfig invalid = checkpointConfig();
        invalid.data.targets = {"../elsewhere"};
        write(invalid);
        QVERIFY_THROWS_EXCEPTION(Error, importWeights(input, output(), std::nullopt));
    }
    void infersTheConfiguration() {
        const std::string input = output() + ".in";
        writeSafetensors(input, wholeModel());
        const ImportReport report = importWeights(input, output(), std::nullopt);
        QCOMPARE(report.notices.size(), std::size_t{1});
        QVERIFY2(report.notices.front().starts_with("Not in the file: audio.hop_length 64, "),
                 report.notices.front().c_str());
        const RunConfig config = parseConfig(readSafetensorsMetadata(output()).at("config"), "metadata");
        QVERIFY(config.model == checkpointConfig().model);
        QVERIFY(config.audio == checkpointConfig().audio);
    }
    /// The command that the error about a changed file proposes.
    void importsAChangedFileAsProposed() {
        const std::string input = output() + ".in";
        writeSafetensors(input, wholeModel(), {{"config", dumpConfig(checkpointConfig())}},
                         Checksum::Tensors);
        std::fstream file(input, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(-1, std::ios::end);
        file.put('\x3f');
        file.close();
        QByteArray printed;
        QCOMPARE(run({"separate", input, "--weights", input, "-o", output() + ".stems"}, printed), 2);
        const QList<QByteArray> quoted = printed.split('`');
        QVERIFY2(quoted.size() == 3, printed);
        std::vector<std::string> arguments;
        for (const QByteArray& word : quoted[1].split(' '))
            arguments.push_back(word == "FILE" ? input : word == "NEW.safetensors" ? output() : word.data());
        QCOMPARE(arguments.front(), std::string("headroom"));
        arguments.erase(arguments.begin());
        QVERIFY2(run(arguments, printed) == 0, printed);
        QCOMPARE(readSafetensors(output()).tensors.size(), wholeModel().size());
    }
    void importsFromCommandLine() {
        const std::string config = output() + ".yaml";
        std::ofstream(config) << dumpConfig(checkpointConfig());
        QByteArray printed;
        QCOMPARE(run({"import", checkpoint, "-o", output(), "--config", config}, printed), 2);
        QVERIFY2(printed.contains("--partial"), printed);
        QVERIFY(!std::filesystem::exists(output()));
        QCOMPARE(run({"import", "--partial", checkpoint, "-o", output(), "--config", config}, printed), 0);
        QVERIFY2(printed.contains("final_norm.gamma") && printed.contains("loss.window"), printed);
        QCOMPARE(run({"import", checkpoint, "-o", output(), "--overwrite"}, printed), 2);
        QVERIFY2(printed.contains("missing: final_norm.gamma"), printed);
        QCOMPARE(run({"import", config, "-o", output(), "--config", config, "--overwrite"}, printed), 2);
        QCOMPARE(
            run({"import", "--partial", checkpoint, "-o", "/no/such/folder/x", "--config", config}, printed),
            2);
    }

private:
    static int run(const std::vector<std::string>& arguments, QByteArray& printed) {
        QStringList list;
        for (const auto& argument : arguments)
            list << QString::fromStdString(argument);
        QProcess process;
        process.start(HEADROOM_PROGRAM, list);
        process.waitForFinished(-1);
        printed = process.readAllStandardOutput() + process.readAllStandardError();
        return process.exitCode();
    }
    std::string output() const { return folder_.filePath("weights.safetensors").toStdString(); }
    QTemporaryDir folder_;
};

HEADROOM_TEST_MAIN(TestImportWeights)
#include "tst_import_weights.moc"
