// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_difference.h"
#include "core/config/config_file.h"
#include "core/interop/open_config.h"
#include "core/support/error.h"
#include "tests/support/bad_files.h"
#include "tests/support/strict_main.h"

#include <QTest>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

using namespace headroom;

namespace {

namespace fs = std::filesystem;

const fs::path data = HEADROOM_TEST_DATA "/interop";

OpenedConfig opened(const char* name) {
    return openConfig(data / name);
}

/// What became of a key; no key if the report lacks it.
ConvertedKey key(const OpenedConfig& config, const std::string& name) {
    const auto& keys = config.conversion->keys;
    const auto found = std::ranges::find(keys, name, &ConvertedKey::key);
    return found == keys.end() ? ConvertedKey{} : *found;
}

/// The configuration that a file should become, in Headroom's own YAML.
RunConfig expected(const std::string& yaml) {
    return parseConfig(yaml, "expected.yaml");
}

void compare(const RunConfig& actual, const RunConfig& expected) {
    for (const OptionDifference& difference : differences(expected, actual))
        QFAIL(difference.text().c_str());
    QVERIFY(actual == expected);
}

} // namespace

class TestMsstConfig : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsBsMamba2() {
        const OpenedConfig config = opened("bs_mamba2.yaml");
        QCOMPARE(config.conversion->model, std::string("BSMamba2"));
        compare(config.config, expected(R"(
audio: {sample_rate: 44100, channels: 2, n_fft: 2048, hop_length: 441, segment_length: 6}
model: {hidden_dim: 64, num_layers: 3, freqs_per_bands: [25, 1000]}
training: {batch_size: 2, gradient_accumulation_steps: 4, grad_clip: 3, num_epochs: 1000, steps_per_epoch: 600,
           ema_decay: 0.998, optimizer: adamw, weight_decay: 0.01, learning_rate: 5e-4, plateau_patience: 3,
           plateau_factor: 0.95, precision: bf16}
loss: {lambda_time: 10, stft_windows: [2048, 512], stft_hop: 128}
data: {targets: [vocals], stems: [vocals, other], random_mix_probability: 1, gain_min: 0.6, gain_max: 1.4,
       channel_swap_probability: 0.5, mixup_probability: 0.2, silent_chunk_probability: 0,
       pitch_probability: 0.1, pitch_min: -5, pitch_max: 5, pitch_stems: [vocals]}
separation: {chunk_seconds: 6, overlap: 0.75, batch_size: 4}
)"));
    }
    void readsBsRoformer() {
        const OpenedConfig config = opened("bs_roformer.yaml");
        QCOMPARE(config.conversion->model, std::string("BS-RoFormer"));
        compare(config.config, expected(R"(
audio: {hop_length: 512, segment_length: 2.9837641723356008}
model: {kind: bs_roformer, hidden_dim: 192, num_layers: 6, freqs_per_bands: [400, 300, 325], heads: 4, dim_head: 48,
        attn_dropout: 0.1, ff_dropout: 0.2, mask_layers: 3, mlp_expansion_factor: 2, win_length: 1024, zero_dc: true,
        skip_connection: true, use_gradient_checkpointing: true}
training: {batch_size: 10, gradient_accumulation_steps: 1, grad_clip: 0, num_epochs: 100, steps_per_epoch: 1000,
           ema_decay: 0, weight_decay: 0, learning_rate: 5e-5, plateau_patience: 3, plateau_factor: 0.95,
           precision: fp32}
data: {targets: [drums, bass, other, vocals], stems: [drums, bass, other, vocals], random_mix_probability: 1,
       gain_min: 1, gain_max: 1, silent_chunk_probability: 1}
separation: {chunk_seconds: 8, overlap: 0.5, batch_size: 1}
)"));
        QCOMPARE(key(config, "model.zero_dc").outcome, KeyOutcome::Near);
        QCOMPARE(key(config, "model.num_bands").outcome, KeyOutcome::NoEffect);
        QCOMPARE(key(config, "augmentations.loudness_min").outcome, KeyOutcome::NoEffect);
    }
    void readsMelBandRoformer() {
        const OpenedConfig config = opened("mel_band_roformer.yaml");
        QCOMPARE(config.conversion->model, std::string("Mel-Band RoFormer"));
        compare(config.config, expected(R"(
model: {kind: mel_band_roformer, hidden_dim: 384, num_layers: 6, num_bands: 60, mask_layers: 3}
training: {gradient_accumulation_steps: 1, grad_clip: 0, ema_decay: 0, weight_decay: 0, precision: bf16}
data: {targets: [vocals], stems: [vocals, other], random_mix_probability: 1, gain_min: 1, gain_max: 1,
       silent_chunk_probability: 1}
separation: {batch_size: 4}
)"));
        QVERIFY(key(config, "model.mask_estimator_depth").remark.find("the weights decide") !=
                std::string::npos);
    }
    void theNamedModelDecides() {
        std::string text = readConfigText(data / "mel_band_roformer.yaml");
        const OpenedConfig mel = readConfig(text, "mel.yaml");
        QVERIFY(key(mel, "model.num_bands").remark.find("add model_type: bs_roformer") != std::string::npos);
        text.insert(text.find("  use_amp"), "  model_type: bs_roformer\n");
        const auto errors = [&] {
            try {
                return readConfig(text, "bs.yaml").conversion->model;
            } catch (const Error& error) {
                return error.message();
            }
        };
        QCOMPARE(errors(), std::string("BS-RoFormer"));
    }
    void takesTheDefaultsOfMsst() {
        const OpenedConfig config =
            readConfig("audio: {chunk_size: 88200}\nmodel: {dim: 32, depth: 1, module_type: mamba2}\n"
                       "training: {instruments: [vocals], lr: 1.0e-3}",
                       "short.yaml");
        QCOMPARE(config.config.audio.channels, 1);
        QCOMPARE(config.config.audio.hopLength, 512);
        QCOMPARE(config.config.loss.lambdaTime, 1.0);
        QCOMPARE(config.config.data.gainMax, 1.0);
        const ConvertedKey hop = key(config, "model.stft_hop_length");
        QCOMPARE(hop.line, 0);
        QCOMPARE(hop.options, std::string("audio.hop_length: 512"));
    }
    void reportsEveryKeyWithItsLine() {
        for (const char* name :
             {"bs_mamba2.yaml", "bs_roformer.yaml", "mel_band_roformer.yaml", "hparams.yaml"}) {
            const OpenedConfig config = opened(name);
            std::set<std::string> reported;
            for (const ConvertedKey& converted : config.conversion->keys) {
                QVERIFY2(reported.insert(converted.key).second, converted.key.c_str());
                const bool explained = !converted.options.empty() || !converted.remark.empty() ||
                                       converted.outcome == KeyOutcome::NoCounterpart ||
                                       converted.outcome == KeyOutcome::Exact;
                QVERIFY2(explained, converted.key.c_str());
            }
            // Each line of the file with a value has a key in the report with that line.
            std::set<int> lines;
            for (const ConvertedKey& converted : config.conversion->keys)
                lines.insert(converted.line);
            std::istringstream text(readConfigText(data / name));
            std::string line;
            for (int number = 1; std::getline(text, line); ++number) {
                const auto first = line.find_first_not_of(' ');
                const bool hasKey = first != std::string::npos && std::islower(line[first]) != 0 &&
                                    line.find(": ") != std::string::npos;
                QVERIFY2(!hasKey || lines.contains(number), line.c_str());
            }
        }
    }
    void namesKeysWithoutCounterpart() {
        const OpenedConfig config = opened("bs_mamba2.yaml");
        std::vector<std::string> names;
        for (const ConvertedKey& converted : config.conversion->keys) {
            if (converted.outcome == KeyOutcome::NoCounterpart)
                names.push_back(converted.key);
        }
        const std::vector<std::string> lost = {"augmentations.all.random_inverse"};
        QCOMPARE(names, lost);
        QCOMPARE(key(config, "augmentations.all.random_inverse").value, std::string("0.1"));
        QCOMPARE(key(config, "augmentations.all.random_inverse").line, 63);
        const std::string report = conversionReport(*config.conversion, "a.yaml");
        QVERIFY(report.find("  line 63: augmentations.all.random_inverse 0.1\n") != std::string::npos);
        const std::string notice = config.notice("/somewhere/a.yaml");
        QVERIFY2(notice.starts_with("a.yaml is an MSST configuration of a BSMamba2: "), notice.c_str());
        QVERIFY2(notice.find("augmentations.all.random_inverse 0.1") != std::string::npos, notice.c_str());
    }
    void convertsAugmentations() {
        const OpenedConfig config = opened("bs_mamba2.yaml");
        QCOMPARE(config.config.data.channelSwapProbability, 0.5);
        QCOMPARE(config.config.data.polarityProbability, 0.0);
        QCOMPARE(config.config.data.mixupProbability, 0.2);
        QCOMPARE(key(config, "augmentations.mixup_probs").outcome, KeyOutcome::Near);
    }
    /// A key of a stem replaces that of all stems.
    void convertsPitchAndTempo() {
        const auto converted = [](const std::string& augmentations) {
            return readConfig(
                "audio: {chunk_size: 88200}\nmodel: {dim: 32, depth: 1, num_stems: 2, module_type: mamba2}\n"
                "training: {instruments: [vocals, bass], lr: 1.0e-3}\n"
                "augmentations: {enable: true, " +
                    augmentations + "}",
                "changes.yaml");
        };
        const std::string stretch =
            "time_stretch: 0.2, time_stretch_min_rate: 0.8, time_stretch_max_rate: 1.25";
        const OpenedConfig all = converted("all: {" + stretch + "}, bass: {time_stretch_max_rate: 1.25}");
        QCOMPARE(all.config.data.stretchProbability, 0.2);
        QCOMPARE(all.config.data.stretchMin, 0.8);
        QCOMPARE(all.config.data.stretchMax, 1.25);
        QVERIFY(all.config.data.stretchStems.empty());
        QCOMPARE(all.config.data.pitchProbability, 0.0);
        QCOMPARE(key(all, "augmentations.all.time_stretch").outcome, KeyOutcome::Near);
        QCOMPARE(key(all, "augmentations.bass.time_stretch_max_rate").outcome, KeyOutcome::Near);

        const std::string board = "pedalboard_pitch_shift: 0.3, pedalboard_pitch_shift_semitones_min: -7, "
                                  "pedalboard_pitch_shift_semitones_max: 6";
        const OpenedConfig other = converted("bass: {" + board + "}");
        QCOMPARE(other.config.data.pitchProbability, 0.3);
        QCOMPARE(other.config.data.pitchMin, -7.0);
        QCOMPARE(other.config.data.pitchMax, 6.0);
        QCOMPARE(other.config.data.pitchStems, std::vector<std::string>{"bass"});
        QCOMPARE(key(other, "augmentations.bass.pedalboard_pitch_shift").outcome, KeyOutcome::Exact);

        const std::string pitch =
            "pitch_shift: 0.1, pitch_shift_min_semitones: -5, pitch_shift_max_semitones: 4";
        const OpenedConfig both = converted("all: {" + pitch + ", " + board +
                                            "}, bass: {pitch_shift: 0.05, "
                                            "pitch_shift_min_semitones: -2}, vocals: {time_stretch: 0}");
        QCOMPARE(both.config.data.pitchProbability, 0.05);
        QCOMPARE(both.config.data.pitchMin, -2.0);
        QCOMPARE(both.config.data.pitchMax, 4.0);
        QVERIFY(both.config.data.pitchStems.empty());
        QCOMPARE(key(both, "augmentations.all.pitch_shift").outcome, KeyOutcome::Near);
        QCOMPARE(key(both, "augmentations.all.pedalboard_pitch_shift").outcome, KeyOutcome::NoCounterpart);
        QCOMPARE(key(both, "augmentations.vocals.time_stretch").outcome, KeyOutcome::NoEffect);

        const QString missing = QString::fromStdString(
            test::errorOf([&] { converted("vocals: {pitch_shift: 0.1, pitch_shift_min_semitones: -5}"); }));
        QVERIFY2(missing.contains("augmentations.vocals.pitch_shift_max_semitones is missing"),
                 qPrintable(missing));
    }
    void convertsRandomLengths() {
        const auto converted = [](const std::string& augmentations) {
            return readConfig("audio: {chunk_size: 352800}\nmodel: {dim: 32, depth: 1, module_type: mamba2}\n"
                              "training: {instruments: [vocals], lr: 1.0e-3}\naugmentations: {" +
                                  augmentations + "}",
                              "lengths.yaml");
        };
        const std::string lengths = "chunk_size_augm: true, chunk_size_min: 88200, chunk_size_max: ";
        const OpenedConfig shorter = converted("enable: true, " + lengths + "264600");
        QCOMPARE(shorter.config.audio.segmentLength, 6.0);
        QCOMPARE(shorter.config.audio.segmentShortening, 0.667);
        QCOMPARE(shorter.config.separation.chunkSeconds, 8.0);
        QCOMPARE(key(shorter, "augmentations.chunk_size_min").outcome, KeyOutcome::Near);
        QCOMPARE(converted("enable: true, " + lengths + "500000").config.audio.segmentLength, 8.0);
        const OpenedConfig off = converted("enable: false, " + lengths + "264600");
        QCOMPARE(off.config.audio.segmentLength, 8.0);
        QCOMPARE(off.config.audio.segmentShortening, 0.0);
        QCOMPARE(key(off, "augmentations.chunk_size_max").outcome, KeyOutcome::NoEffect);
        const QString wrong =
            QString::fromStdString(test::errorOf([&] { converted("enable: true, " + lengths + "44100"); }));
        QVERIFY2(wrong.contains("chunk_size_min 88200 is not from 1 to 44100"), qPrintable(wrong));
    }
    void saysHowToTrainAdapters() {
        const std::string text = readConfigText(data / "bs_mamba2.yaml") + "lora: {r: 8, lora_alpha: 16}\n";
        const ConvertedKey rank = key(readConfig(text, "lora.yaml"), "lora.r");
        QCOMPARE(rank.outcome, KeyOutcome::NoEffect);
        QVERIFY(rank.remark.find("training.lora_rank") != std::string::npos);
    }
    void resolvesMergeKeys() {
        const OpenedConfig config = readConfig(R"(
base: &base {dim: 32, depth: 2, num_bands: 20}
rates: &rates {lr: 1.0e-3, batch_size: 7}
audio: {sample_rate: 44100, chunk_size: 44100}
model: {<<: *base, depth: 3}
training: {<<: [{batch_size: 5}, *rates], instruments: [vocals, other], target_instrument: vocals}
)",
                                               "merged.yaml");
        QCOMPARE(config.config.model.hiddenDim, 32);
        QCOMPARE(config.config.model.numLayers, 3);
        QCOMPARE(config.config.training.batchSize, 5);
        QCOMPARE(config.config.training.learningRate, 1e-3);
        QCOMPARE(key(config, "training.lr").line, 3);
        QVERIFY(key(config, "training.<<").key.empty());
    }
    void refusesNumbersThatCanBeOctal() {
        const auto refusal = QString::fromStdString(test::errorOf([] {
            readConfig("audio: {chunk_size: 44100}\nmodel: {dim: 32, depth: 2, num_bands: 20}\ntraining: "
                       "{batch_size: 010, instruments: "
                       "[vocals]}",
                       "octal.yaml");
        }));
        QVERIFY2(refusal.contains("octal.yaml:3") && refusal.contains("batch_size '010'"),
                 qPrintable(refusal));
    }
    /// MSST stops without these keys; Headroom says what it takes.
    void reportsItsOwnDefaults() {
        const OpenedConfig config = readConfig("audio: {chunk_size: 44100}\nmodel: {dim: 32, depth: 2, "
                                               "num_bands: 20}\ntraining: {instruments: [vocals]}",
                                               "short.yaml");
        QCOMPARE(key(config, "training.lr").options, std::string("training.learning_rate: 0.0005"));
        QCOMPARE(key(config, "training.batch_size").line, 0);
        QCOMPARE(key(config, "training.batch_size").remark, std::string("Headroom's default"));
    }
    void namesPlacesInTheFile() {
        ConfigPlaces places;
        openConfig(data / "bs_mamba2.yaml", &places);
        QCOMPARE(places.at("model.hidden_dim"), (data / "bs_mamba2.yaml").string() + ":12, model.dim");
    }
    void otherOptimizersKeepTheirRate() {
        const OpenedConfig config =
            readConfig("audio: {chunk_size: 88200}\nmodel: {dim: 32, depth: 1, module_type: mamba2}\n"
                       "training: {instruments: [vocals], optimizer: prodigy, lr: 1.0}",
                       "prodigy.yaml");
        QCOMPARE(config.config.training.learningRate, TrainingConfig{}.learningRate);
        QCOMPARE(key(config, "training.lr").outcome, KeyOutcome::NoCounterpart);
        QCOMPARE(key(config, "training.optimizer").outcome, KeyOutcome::NoCounterpart);
    }
    void leavesOwnConfigurationsAlone() {
        const OpenedConfig config = openConfig(HEADROOM_SOURCE_DIR "/configs/paper.yaml");
        QVERIFY(!config.conversion);
        QVERIFY(config.notice("paper.yaml").empty());
        QVERIFY(config.config == loadConfig(HEADROOM_SOURCE_DIR "/configs/paper.yaml"));
    }
};

HEADROOM_TEST_MAIN(TestMsstConfig)
#include "tst_msst_config.moc"
