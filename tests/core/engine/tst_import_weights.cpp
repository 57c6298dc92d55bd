#include "core/config/config_file.h"
#include "core/engine/import_weights.h"
#include "core/support/error.h"
#include "core/weights/safetensors.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>
#include <QProcess>
#include <QTemporaryDir>

#include <filesystem>
#include <fstream>

using namespace headroom;

namespace {

const std::string checkpoint = HEADROOM_TEST_DATA "/checkpoints/lightning.ckpt";

RunConfig itsConfig() {
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

} // namespace

class TestImportWeights : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { std::filesystem::remove(output()); }
    void lightningCheckpoint() {
        const ImportReport report = importWeights(checkpoint, output(), itsConfig());
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
        QCOMPARE(config.model.freqsPerBands, itsConfig().model.freqsPerBands);
    }
    void ownOutputIsTakenAgain() {
        importWeights(checkpoint, output(), itsConfig());
        const std::string second = output() + ".second";
        QVERIFY(importWeights(output(), second, itsConfig()).leftOut.empty());
        std::ifstream a(output());
        std::ifstream b(second);
        QVERIFY(std::string(std::istreambuf_iterator<char>(a), {}) ==
                std::string(std::istreambuf_iterator<char>(b), {}));
    }
    void anotherModelIsRefused() {
        RunConfig config = itsConfig();
        config.model.hiddenDim = 32;
        QVERIFY_EXCEPTION_THROWN(importWeights(checkpoint, output(), config), Error);
        writeSafetensors(output() + ".other", {{"lstm.weight", at::zeros({2})}});
        QVERIFY_EXCEPTION_THROWN(importWeights(output() + ".other", output(), config), Error);
        QVERIFY(!std::filesystem::exists(output()));
    }
    void nameWithAndWithoutPrefixIsRefused() {
        writeSafetensors(output() + ".both", {{"model.a", at::zeros({2})}, {"a", at::zeros({2})}});
        QVERIFY_EXCEPTION_THROWN(importWeights(output() + ".both", output(), itsConfig()), Error);
    }
    void commandLine() {
        const std::string config = output() + ".yaml";
        std::ofstream(config) << dumpConfig(itsConfig());
        const auto run = [](const std::vector<std::string>& arguments, QByteArray& printed) {
            QStringList list;
            for (const auto& argument : arguments)
                list << QString::fromStdString(argument);
            QProcess process;
            process.start(HEADROOM_PROGRAM, list);
            process.waitForFinished();
            printed = process.readAllStandardOutput() + process.readAllStandardError();
            return process.exitCode();
        };
        QByteArray printed;
        QCOMPARE(run({"import", checkpoint, "-o", output(), "--config", config}, printed), 0);
        QVERIFY2(printed.contains("final_norm.gamma") && printed.contains("loss.window"), printed);
        QCOMPARE(run({"import", checkpoint, "-o", output()}, printed), 2); // the paper's model is another
        QVERIFY2(printed.contains("--config"), printed);
        QCOMPARE(run({"import", config, "-o", output(), "--config", config}, printed), 2);
        QCOMPARE(run({"import", checkpoint, "-o", "/no/such/folder/x", "--config", config}, printed), 1);
    }

private:
    std::string output() const { return folder_.filePath("weights.safetensors").toStdString(); }
    QTemporaryDir folder_;
};

HEADROOM_TEST_MAIN(TestImportWeights)
#include "tst_import_weights.moc"
