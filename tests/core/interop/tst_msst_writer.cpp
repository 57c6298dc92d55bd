// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_check.h"
#include "core/config/config_file.h"
#include "core/config/model_kind.h"
#include "core/interop/msst_writer.h"
#include "core/interop/open_config.h"
#include "core/support/error.h"
#include "tests/support/chosen_seed.h"
#include "tests/support/strict_main.h"

#include <QTest>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

using namespace headroom;

namespace {

std::string refusal(const RunConfig& config) {
    try {
        writeMsst(config);
    } catch (const Error& error) {
        return error.kind() == ErrorKind::Input ? error.message() : "not an input error";
    }
    return "";
}

/// Random configurations that MSST can say.
class Sayable {
public:
    explicit Sayable(std::uint64_t seed) : random_(seed) {}

    RunConfig draw() {
        RunConfig config;
        changeModelKind(config, static_cast<ModelKind>(whole(0, 2)));
        drawModel(config);
        drawAttention(config.model);
        drawTraining(config.training);
        drawLoss(config.loss);
        drawData(config.data);
        config.audio.segmentLength = whole(4410, 800'000) / 44100.0;
        config.audio.segmentShortening = flag() ? 0 : whole(1, 5) / 10.0;
        config.separation.chunkSeconds = whole(4410, 800'000) / 44100.0;
        config.separation.overlap = 1 - 1.0 / whole(1, 10);
        config.separation.batchSize = whole(1, 16);
        checkConfig(config);
        return config;
    }

private:
    int whole(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random_); }
    bool flag() { return whole(0, 1) == 1; }
    double real(double least, double most) {
        return std::uniform_real_distribution<double>(least, most)(random_);
    }

    void drawModel(RunConfig& config) {
        const bool isMamba = config.model.kind == ModelKind::BsMamba2;
        config.audio.channels = whole(1, 2);
        config.audio.hopLength = whole(8, 512);
        config.audio.nFft = isMamba || flag() ? 2048 : 2 * whole(512, 2000);
        config.model.hiddenDim = 16 * whole(1, 30);
        config.model.numLayers = whole(1, 12);
        const int bins = config.audio.nFft / 2 + 1;
        if (config.model.kind != ModelKind::MelBandRoformer && (flag() || config.audio.nFft != 2048)) {
            const int first = whole(1, bins - 1);
            config.model.freqsPerBands = {first, bins - first};
        }
    }
    void drawAttention(ModelConfig& model) {
        if (model.kind == ModelKind::BsMamba2)
            return;
        model.heads = whole(1, 16);
        model.dimHead = 2 * whole(1, 64);
        model.timeTransformerDepth = whole(1, 3);
        model.freqTransformerDepth = whole(1, 3);
        model.linearTransformerDepth = whole(0, 2);
        model.attnDropout = real(0, 0.5);
        model.ffDropout = real(0, 0.5);
        model.maskLayers = whole(1, 5);
        model.mlpExpansionFactor = whole(1, 4);
        model.stftNormalized = flag();
        model.zeroDc = flag();
        model.skipConnection = flag();
        model.usePope = flag();
        model.useGradientCheckpointing = flag();
        if (model.kind == ModelKind::BsRoformer)
            model.winLength = flag() ? 0 : 1024;
        else
            model.numBands = whole(8, 100);
    }
    void drawTraining(TrainingConfig& training) {
        training.batchSize = whole(1, 64);
        training.gradientAccumulationSteps = whole(1, 64);
        training.learningRate = real(1e-7, 1e-2);
        training.numEpochs = whole(1, 5000);
        training.stepsPerEpoch = whole(1, 5000);
        training.gradClip = flag() ? 0 : real(0.1, 10);
        training.emaDecay = flag() ? 0 : real(0.9, 0.999999);
        training.precision = flag() ? Precision::Bf16 : Precision::Fp32;
        training.weightDecay = real(0, 0.5);
        training.plateauPatience = whole(0, 100);
        training.plateauFactor = real(0.01, 0.99);
        if (training.plateauPatience > 0)
            return;
        training.plateauFactor = TrainingConfig{}.plateauFactor;
        training.decayTo = 0;
        training.warmupSteps = whole(0, 10'000);
    }
    void drawLoss(LossConfig& loss) {
        loss.lambdaTime = flag() ? whole(1, 100) : 1;
        loss.stftHop = whole(8, 256);
        loss.stftWindows = {whole(256, 4096), whole(256, 4096)};
    }
    void drawData(DataConfig& data) {
        data.targets =
            flag() ? std::vector<std::string>{"vocals"} : std::vector<std::string>{"no", "1e3", "b'\"c"};
        data.stems = data.targets;
        if (data.targets.size() == 1)
            data.stems.emplace_back("all: else");
        data.randomMixProbability = 1;
        data.gainMin = real(0.01, 1);
        data.gainMax = real(1, 10);
        data.silentChunkProbability = whole(0, 1);
        if (flag()) {
            data.pitchProbability = real(0.01, 1);
            data.pitchMin = real(-12, 0);
            data.pitchMax = real(0, 12);
            data.pitchStems = part(data.stems);
        }
        if (flag()) {
            data.stretchProbability = real(0.01, 1);
            data.stretchMin = real(0.5, 1);
            data.stretchMax = real(1, 2);
            data.stretchStems = part(data.stems);
        }
    }
    /// The first, or, as an empty list, all.
    std::vector<std::string> part(const std::vector<std::string>& stems) {
        return flag() ? std::vector<std::string>{stems.front()} : std::vector<std::string>();
    }

    std::mt19937_64 random_;
};

} // namespace

class TestMsstWriter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatMsstCanSaySurvives() {
        const std::uint64_t seed = test::chosenSeed();
        for (std::uint64_t i = 0; i < 500; ++i) {
            RunConfig config = Sayable(seed + i).draw();
            const MsstText text = writeMsst(config);
            const RunConfig read = readConfig(text.yaml, "written.yaml").config;
            QCOMPARE(dumpConfig(read), dumpConfig(config));
            QVERIFY2(text.unsupported.empty(),
                     text.unsupported.empty() ? "" : text.unsupported.front().c_str());
        }
    }
    void refusesOtherModels() {
        const auto with = [](auto change) {
            RunConfig config;
            config.data.stems = config.data.targets;
            change(config);
            return refusal(config);
        };
        QCOMPARE(with([](RunConfig&) {}), std::string());
        const std::string state = with([](RunConfig& config) { config.model.dState = 64; });
        QVERIFY2(state.find("model.d_state: 64 -> 128") != std::string::npos, state.c_str());
        QVERIFY(!with([](RunConfig& config) { config.model.expand = 2; }).empty());
        QVERIFY(!with([](RunConfig& config) { config.model.dConv = 3; }).empty());
        QVERIFY(!with([](RunConfig& config) { config.model.headdim = 32; }).empty());
        QVERIFY(!with([](RunConfig& config) { config.model.numSubbands = 32; }).empty());
        QVERIFY(!with([](RunConfig& config) {
                     config.audio.nFft = 1024;
                     config.model.freqsPerBands = {513};
                 }).empty());
    }
    void namesWhatItCannotSay() {
        RunConfig config;
        config.data.pitchShift = 2;
        config.training.optimizer = OptimizerKind::Adafactor;
        const std::vector<std::string> unsupported = writeMsst(config).unsupported;
        const auto names = [&](const std::string& text) {
            return std::find(unsupported.begin(), unsupported.end(), text) != unsupported.end();
        };
        QVERIFY(names("data.pitch_shift: 2 -> 0"));
        QVERIFY(names("training.optimizer: adafactor -> adamw"));
    }
    void writesNumbersForPython() {
        RunConfig config;
        config.training.learningRate = 1e-5;
        const std::string yaml = writeMsst(config).yaml;
        QVERIFY2(yaml.find("  lr: 1.0e-05\n") != std::string::npos, yaml.c_str());
    }
};

HEADROOM_TEST_MAIN(TestMsstWriter)
#include "tst_msst_writer.moc"
