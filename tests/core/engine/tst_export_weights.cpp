// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/model_kind.h"
#include "core/engine/export_weights.h"
#include "core/engine/import_weights.h"
#include "core/engine/services.h"
#include "core/interop/msst_writer.h"
#include "core/interop/open_config.h"
#include "core/model/published_tensors.h"
#include "core/support/error.h"
#include "core/weights/torch_archive.h"
#include "tests/core/engine/tiny_weights.h"
#include "tests/support/answers.h"
#include "tests/support/strict_main.h"
#include "tests/support/torch_python.h"

#include <QDir>
#include <QTemporaryDir>
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>

using namespace headroom;

namespace {

/// A model that MSST has.
RunConfig msstConfig(ModelKind kind = ModelKind::BsMamba2) {
    RunConfig config = test::tinyConfig();
    config.model.dState = 128;
    changeModelKind(config, kind);
    if (kind != ModelKind::BsMamba2) {
        config.model.heads = 2;
        config.model.dimHead = 8;
        config.model.maskLayers = 3;
    }
    config.audio.nFft = 2048;
    config.audio.hopLength = 441;
    config.audio.segmentLength = 1;
    config.separation.chunkSeconds = 1;
    config.model.freqsPerBands =
        kind == ModelKind::MelBandRoformer ? std::vector<int>{} : std::vector<int>{25, 1000};
    config.training.learningRate = 1e-5;
    return config;
}

} // namespace

class TestExportWeights : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        QVERIFY(QDir(folder_.path()).removeRecursively() && QDir().mkpath(folder_.path()));
        test::writeTinyWeights(weights(), msstConfig());
    }
    void theServiceAnswersInOrder() {
        test::Answers<WeightsExported> answers;
        const auto service = makeWeightsService();
        for (int attempt = 0; attempt < 2; ++attempt) // the second finds the file of the first
            service->exportWeights(request(ExportFormat::Pt), answers.sink());
        const auto all =
            answers.awaitUntil([](const WeightsExported& exported) { return !exported.problem.empty(); });
        QCOMPARE(all.size(), std::size_t{2});
        QVERIFY2(all[0].problem.empty(), all[0].problem.c_str());
        QCOMPARE(all[0].report.files, std::vector<std::string>{inside("out")});
        QVERIFY2(all[1].problem.find("already exists") != std::string::npos, all[1].problem.c_str());
    }
    void everyFormatCanBeImportedAgain_data() {
        QTest::addColumn<int>("format");
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("polar");
        const auto row = [](const char* name, ExportFormat format, const char* file, ModelKind kind,
                            bool polar = false) {
            QTest::newRow(name) << static_cast<int>(format) << file << static_cast<int>(kind) << polar;
        };
        row("safetensors", ExportFormat::Safetensors, "out", ModelKind::BsMamba2);
        row("pt", ExportFormat::Pt, "out", ModelKind::BsMamba2);
        row("lightning", ExportFormat::Lightning, "out", ModelKind::BsMamba2);
        row("msst", ExportFormat::Msst, "out/model.ckpt", ModelKind::BsMamba2);
        row("BS-RoFormer", ExportFormat::Msst, "out/model.ckpt", ModelKind::BsRoformer);
        row("polar positions", ExportFormat::Pt, "out", ModelKind::BsRoformer, true);
        row("Mel-Band RoFormer", ExportFormat::Msst, "out/model.ckpt", ModelKind::MelBandRoformer);
    }
    void everyFormatCanBeImportedAgain() {
        QFETCH(const int, format);
        QFETCH(const QString, file);
        QFETCH(const int, kind);
        QFETCH(const bool, polar);
        RunConfig config = msstConfig(static_cast<ModelKind>(kind));
        config.model.usePope = polar;
        test::writeTinyWeights(weights(), config);
        const ExportReport report = exportWeights(request(static_cast<ExportFormat>(format)));
        QVERIFY(report.notices.empty());
        QCOMPARE(report.files.front(), inside(file));
        importWeights(inside(file), inside("again.safetensors"), config);
        const TensorMap original = readSafetensors(weights()).tensors;
        const TensorMap again = readSafetensors(inside("again.safetensors")).tensors;
        QCOMPARE(again.size(), original.size());
        for (const auto& [name, tensor] : original)
            QVERIFY2(at::equal(again.at(name), tensor), name.c_str());
    }
    /// Configurations and names that people publish: golden/roformers.
    void publishedModelsHaveTheseTensors_data() {
        QTest::addColumn<QString>("file");
        const QDir folder(HEADROOM_TEST_DATA "/golden/roformers");
        for (const QString& name : folder.entryList({"*.json"}))
            QTest::newRow(qPrintable(name)) << folder.filePath(name);
    }
    void publishedModelsHaveTheseTensors() {
        QFETCH(const QString, file);
        std::ifstream stream(file.toStdString());
        const auto json = nlohmann::json::parse(stream);
        nlohmann::json yaml = {{"audio", json.at("audio")}, // JSON is YAML
                               {"model", json.at("config")},
                               {"training", json.at("training")}};
        if (json.at("audio").is_null()) { // the file of these weights describes another model
            yaml["audio"]["chunk_size"] = 588800;
            yaml["training"]["model_type"] = json.at("model");
            yaml["training"]["instruments"] = {"a", "b", "c", "d", "e", "f"};
        }
        const OpenedConfig opened = readConfig(yaml.dump(), "published.yaml");
        QCOMPARE(modelKindName(opened.config.model.kind), json.at("model").get<std::string>());
        const BandSplitModel model(modelShape(opened.config), at::kMeta, at::kFloat, 1);
        const TensorMap tensors = publishedTensors(test::tensorsOf(model));
        const auto& expected = json.at("state_dict");
        QCOMPARE(tensors.size(), expected.size());
        for (const auto& [name, tensor] : tensors) {
            QVERIFY2(expected.contains(name), name.c_str());
            QVERIFY2(expected.at(name).get<std::vector<std::int64_t>>() == tensor.sizes().vec(),
                     name.c_str());
        }
        // And back: MSST's program gets the same model.
        const RunConfig back = readConfig(writeMsst(opened.config).yaml, "written.yaml").config;
        QVERIFY(back.model == opened.config.model && back.audio == opened.config.audio);
    }
    void torchLoadsTheExport() {
        if (!test::hasTorchPython())
            QSKIP("there is no Python with PyTorch beside LibTorch");
        exportWeights(request(ExportFormat::Lightning));
        const QString printed = test::runTorchPython(
            {HEADROOM_SOURCE_DIR "/tests/core/weights/load_archive.py", QString::fromStdString(inside("out")),
             folder_.filePath("saved.pt"), "state_dict", "model."});
        QVERIFY2(printed.contains("All keys matched"), qPrintable(printed));
        const TensorMap saved = readTorchArchive(inside("saved.pt")).tensors;
        for (const auto& [name, tensor] : readSafetensors(weights()).tensors)
            QVERIFY2(at::equal(saved.at(name), tensor), name.c_str());
    }
    void msstGetsItsConfiguration() {
        const ExportReport report = exportWeights(request(ExportFormat::Msst));
        QCOMPARE(report.files,
                 (std::vector<std::string>{inside("out/model.ckpt"), inside("out/config.yaml")}));
        const OpenedConfig opened = openConfig(inside("out/config.yaml"));
        QVERIFY(opened.conversion.has_value());
        QVERIFY(opened.config.model == msstConfig().model);
        QVERIFY(opened.config.audio == msstConfig().audio);
        QCOMPARE(opened.config.training.learningRate, 1e-5);
        // The configuration of the other program is enough to import its weights.
        importWeights(inside("out/model.ckpt"), inside("again.safetensors"), opened.config);
    }
    void numberOfBandsBecomesWidths() {
        RunConfig config = msstConfig();
        config.model.freqsPerBands = {};
        config.model.numSubbands = 48;
        test::writeTinyWeights(weights(), config);
        exportWeights(request(ExportFormat::Msst));
        const RunConfig read = openConfig(inside("out/config.yaml")).config;
        QCOMPARE(read.model.freqsPerBands.size(), std::size_t{48});
        importWeights(inside("out/model.ckpt"), inside("again.safetensors"), read);
    }
    void refusesWhatMsstCannotSay() {
        RunConfig config = msstConfig();
        config.model.dState = 16;
        test::writeTinyWeights(weights(), config);
        const std::string message = refusal(request(ExportFormat::Msst));
        QVERIFY2(message.find("model.d_state: 16 -> 128") != std::string::npos, message.c_str());
        QVERIFY(!QFileInfo::exists(folder_.filePath("out")));
        QCOMPARE(refusal(request(ExportFormat::Pt)), std::string());
    }
    void replacesOnlyIfAsked() {
        ExportRequest again = request(ExportFormat::Pt);
        exportWeights(again);
        QVERIFY(refusal(again).find("already exists") != std::string::npos);
        again.overwrite = true;
        QCOMPARE(refusal(again), std::string());
    }
    void refusesPartialWeights() {
        TensorMap tensors = readSafetensors(weights()).tensors;
        tensors.erase("final_norm.gamma");
        writeSafetensors(weights(), tensors, {{"config", dumpConfig(msstConfig())}});
        QVERIFY(refusal(request(ExportFormat::Pt)).find("final_norm.gamma") != std::string::npos);
        QVERIFY(!QFileInfo::exists(folder_.filePath("out")));
    }
    void writesFloat32OfHalfPrecision() {
        TensorMap tensors = readSafetensors(weights()).tensors;
        for (auto& [name, tensor] : tensors)
            tensor = tensor.to(at::kHalf);
        writeSafetensors(weights(), tensors, {{"config", dumpConfig(msstConfig())}});
        exportWeights(request(ExportFormat::Safetensors));
        for (const auto& [name, tensor] : readSafetensors(inside("out")).tensors) {
            QCOMPARE(tensor.scalar_type(), at::kFloat);
            QVERIFY2(at::equal(tensor, tensors.at(name).to(at::kFloat)), name.c_str());
        }
    }
    void refusesWhatAnImportRefuses() {
        const RunConfig config = msstConfig(ModelKind::BsRoformer);
        test::writeTinyWeights(weights(), config);
        const TensorMap whole = readSafetensors(weights()).tensors;
        const auto refusalOf = [&](TensorMap tensors, std::map<std::string, std::string> metadata = {}) {
            metadata["config"] = dumpConfig(config);
            writeSafetensors(weights(), tensors, metadata);
            return refusal(request(ExportFormat::Pt));
        };
        TensorMap broken = whole;
        broken["final_norm.gamma"] = at::full_like(whole.at("final_norm.gamma"), NAN);
        QVERIFY(refusalOf(broken).find("NaN or infinity, first in final_norm.gamma") != std::string::npos);
        TensorMap moved = whole;
        moved["layers.0.0.layers.0.0.rotary_embed.freqs"] = at::full({4}, 2.0F);
        QVERIFY(refusalOf(moved).find("other frequencies of positions") != std::string::npos);
        TensorMap partial = whole;
        QCOMPARE(partial.erase("band_split.to_features.0.0.gamma"), std::size_t{1});
        const std::string ofPartial = refusalOf(partial, {{partialWeightsKey, "true"}});
        QVERIFY2(ofPartial.find("training.init_from") != std::string::npos, ofPartial.c_str());
        QCOMPARE(refusalOf(whole), std::string());
    }
    /// In the layout of a RoFormer of one layer with two heads of 4 features.
    void repeatsThePositionsOfEveryAttention() {
        TensorMap parameters;
        for (const std::string part :
             {"layers.0.0.layers.0.0.", "layers.0.1.layers.0.0.", "layers.1.0.layers.1.0."}) {
            parameters[part + "to_qkv.weight"] = at::zeros({3 * 2 * 4, 16});
            parameters[part + "to_gates.weight"] = at::zeros({2, 16});
        }
        const TensorMap rotary = publishedTensors(parameters);
        QCOMPARE(rotary.size(), parameters.size() + 3);
        const at::Tensor expected = at::tensor({1.0F, 0.01F});
        QVERIFY(at::equal(rotary.at("layers.1.0.layers.1.0.rotary_embed.freqs"), expected));

        parameters["layers.0.0.layers.0.0.pope_embed.bias"] = at::full({2, 4}, 1);
        parameters["layers.0.1.layers.0.0.pope_embed.bias"] = at::full({2, 4}, 2);
        const TensorMap polar = publishedTensors(parameters);
        QCOMPARE(polar.size(), parameters.size() + 3 + 1);
        QVERIFY(at::equal(polar.at("layers.1.0.layers.1.0.pope_embed.bias"), at::full({2, 4}, 1)));
        QVERIFY(at::allclose(polar.at("layers.0.1.layers.0.0.pope_embed.inv_freqs"),
                             at::tensor({1.0F, 0.1F, 0.01F, 0.001F})));
    }

private:
    std::string inside(const QString& name) const { return folder_.filePath(name).toStdString(); }
    std::string weights() const { return inside("weights.safetensors"); }
    ExportRequest request(ExportFormat format) const {
        ExportRequest request;
        request.weights = weights();
        request.format = format;
        request.output = inside("out");
        return request;
    }
    static std::string refusal(const ExportRequest& request) {
        try {
            exportWeights(request);
        } catch (const Error& error) {
            return error.kind() == ErrorKind::Input ? error.message() : "not an input error";
        }
        return "";
    }
    QTemporaryDir folder_;
};

HEADROOM_TEST_MAIN(TestExportWeights)
#include "tst_export_weights.moc"
