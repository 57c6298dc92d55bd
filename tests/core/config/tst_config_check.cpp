// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_check.h"
#include "core/config/config_file.h"
#include "core/support/error.h"
#include "tests/support/strict_main.h"

#include <QTemporaryDir>

#include <cmath>
#include <fstream>

using namespace headroom;

namespace {

std::string refusal(const RunConfig& config, const ConfigPlaces& places = {}) {
    try {
        checkConfig(config, places);
    } catch (const Error& error) {
        return error.message();
    }
    return "";
}

/// Returns the error message for the defaults with these overrides, or an empty string if they are accepted.
std::string refusal(std::initializer_list<const char*> assignments) {
    RunConfig config;
    for (const char* assignment : assignments)
        applyOverride(config, assignment);
    return refusal(config);
}

} // namespace

class TestConfigCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void acceptsValidConfigurations() {
        QCOMPARE(refusal({}), std::string());
        QCOMPARE(refusal({"model.hidden_dim=16"}), std::string());
        QCOMPARE(refusal({"audio.n_fft=64", "audio.hop_length=16", "model.freqs_per_bands=[3, 10, 20]"}),
                 std::string());
        // The list takes precedence; a complete configuration from dumpConfig also contains the default.
        QCOMPARE(refusal({"audio.n_fft=64", "audio.hop_length=16", "model.num_subbands=62",
                          "model.freqs_per_bands=[3, 10, 20]"}),
                 std::string());
        QCOMPARE(refusal({"loss.stft_windows=[]"}), std::string());
        QCOMPARE(refusal({"model.num_subbands=16",
                          "model.freqs_per_bands=[25, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 100, 100, 100, "
                          "100, 500]"}),
                 std::string());
    }
    void refusesAdaptersLargerThanTheWeights() {
        QCOMPARE(refusal({"training.lora_rank=256"}), std::string());
        QCOMPARE(refusal({"training.lora_rank=16", "training.freeze=[band_split, layers.0]"}), std::string());
        const std::string message = refusal({"training.lora_rank=257"});
        QVERIFY2(message.find("training.lora_rank 257 is more than model.hidden_dim 256") !=
                     std::string::npos,
                 message.c_str());
    }
    void acceptsRoformers() {
        QCOMPARE(refusal({"model.kind=bs_roformer"}), std::string());
        QCOMPARE(refusal({"model.kind=mel_band_roformer"}), std::string());
        QCOMPARE(refusal({"model.kind=mel_band_roformer", "audio.n_fft=4096"}), std::string());
        QCOMPARE(refusal({"model.kind=bs_roformer", "model.hidden_dim=200"}), std::string());
        QCOMPARE(refusal({"model.kind=bs_roformer", "model.dim_head=7", "model.use_pope=true"}),
                 std::string());
        QCOMPARE(refusal({"model.kind=bs_roformer", "model.win_length=1024"}), std::string());
    }
    void refusesContradictoryOptionsOfRoformers() {
        QVERIFY(refusal({"model.kind=bs_roformer", "model.dim_head=7"}).find("model.dim_head 7 is odd") == 0);
        QVERIFY(refusal({"model.kind=bs_roformer", "model.win_length=4096"}).find("model.win_length 4096") ==
                0);
        QVERIFY(refusal({"model.kind=bs_roformer", "model.win_length=800"}).find("audio.hop_length 441") ==
                0);
        QVERIFY(refusal({"model.kind=bs_roformer", "audio.n_fft=4096"}).find("requires") !=
                std::string::npos);
    }
    void refusesContradictoryOptions() {
        QCOMPARE(
            refusal({"model.hidden_dim=200"}),
            std::string("model.hidden_dim 200 times model.expand 4 is not a multiple of model.headdim 64. "
                        "Choose a hidden_dim that is a multiple of 16."));
        QVERIFY(refusal({"audio.n_fft=4096"}).find("requires model.freqs_per_bands") != std::string::npos);
        QVERIFY(refusal({"model.freqs_per_bands=[3, 10]"}).find("add up to 13, not to the 1025") !=
                std::string::npos);
        QCOMPARE(refusal({"model.num_subbands=16", "model.freqs_per_bands=[25, 1000]"}),
                 std::string("model.num_subbands 16 is not the number of widths in model.freqs_per_bands, 2. "
                             "Remove one of them."));
        QVERIFY(refusal({"audio.hop_length=1025"}).find("audio.hop_length") == 0);
        QVERIFY(refusal({"audio.sample_rate=8000", "audio.segment_length=0.2"}).find("at least 0.25") !=
                std::string::npos);
        QVERIFY(refusal({"loss.stft_hop=300"}).find("loss.stft_hop 300") == 0);
        QVERIFY(refusal({"data.gain_min=2"}).find("data.gain_min 2") == 0);
        QVERIFY(refusal({"data.targets=[mixture]"}).find("'mixture' in data.targets") == 0);
        QVERIFY(refusal({"data.targets=[a/b]"}).find("'a/b' in data.targets") == 0);
        QVERIFY(refusal({"data.targets=[vocals, Vocals]"}).find("'Vocals' is in data.targets twice") == 0);
        QVERIFY(refusal({"data.stems=[vocals, ..]"}).find("'..' in data.stems") == 0);
        QVERIFY(
            refusal({"data.stems=[drums, bass]"}).find("'vocals' is in data.targets but not in data.stems") ==
            0);
        QVERIFY(refusal({"data.stems=[drums, vocals]"}).empty());
        QVERIFY(refusal({"training.metrics=[sdr]"}).find("there is no metric 'sdr'") != std::string::npos);
        QVERIFY(refusal({"training.metrics=[fullness, csdr]"}).empty());
        QVERIFY(refusal({"data.incomplete_songs=mix"}).find("data.incomplete_songs is mix, but data.stems") ==
                0);
        QVERIFY(refusal({"data.incomplete_songs=mix", "data.stems=[drums, vocals]"}).empty());
        QCOMPARE(
            refusal({"data.mixture=file"}),
            std::string("data.mixture is file, but data.random_mix_probability is not 0: the stems would no "
                        "longer be those of the mixture file. Set data.random_mix_probability to 0, or "
                        "data.mixture to sum."));
        QVERIFY(refusal({"data.mixture=file", "data.random_mix_probability=0"}).empty());
        for (const char* other :
             {"data.stem_dropout=0.1", "data.stereo_spread=0.1", "data.shelf_gain=1",
              "data.pitch_probability=0.1", "data.stretch_probability=0.1", "data.incomplete_songs=mix"}) {
            const std::string text = refusal(
                {"data.mixture=file", "data.random_mix_probability=0", other, "data.stems=[drums, vocals]"});
            const std::string key(other, std::string_view(other).find('='));
            QVERIFY2(text.starts_with("data.mixture is file, but " + key + " is not "), text.c_str());
            QVERIFY2(refusal({other, "data.stems=[drums, vocals]"}).empty(), other);
        }
        QVERIFY(refusal({"data.activity_window=0.05"}).find("data.activity_window 0.05 s is too short") == 0);
        QVERIFY(refusal({"data.activity_window=0.1"}).empty());
        QVERIFY(!refusal({"loss.lambda_time=0", "loss.stft_windows=[]"}).empty());
    }
    void refusesContradictingRanges() {
        QCOMPARE(refusal({"data.pitch_min=3"}),
                 std::string("data.pitch_min 3 is more than data.pitch_max 2"));
        QCOMPARE(refusal({"data.stretch_max=0.7"}),
                 std::string("data.stretch_min 0.8 is more than data.stretch_max 0.7"));
        QVERIFY(refusal({"data.pitch_min=3", "data.pitch_max=3"}).empty());
    }
    void refusesChangedStemsThatAreNotInTheMixture() {
        QVERIFY(refusal({"data.pitch_stems=[bass]"}).empty());
        QVERIFY(refusal({"data.pitch_stems=[bass]", "data.stems=[bass, vocals]"}).empty());
        for (const char* key : {"data.pitch_stems", "data.stretch_stems"}) {
            RunConfig config;
            applyOverride(config, "data.stems=[drums, vocals]");
            applyOverride(config, std::string(key) + "=[bass]");
            QVERIFY(refusal(config).find(std::string("'bass' is in ") + key + " but not in data.stems") == 0);
        }
    }
    void refusesSegmentsThatBecomeTooShort() {
        QVERIFY(refusal({"audio.segment_shortening=0.9"}).empty());
        const std::string text = refusal({"audio.segment_length=0.1", "audio.segment_shortening=0.7"});
        QVERIFY2(text.find("audio.segment_shortening 0.7 makes segments of 0.030 s") == 0 &&
                     text.find("Choose at most 0.53.") != std::string::npos,
                 text.c_str());
        QVERIFY(refusal({"audio.segment_length=0.1", "audio.segment_shortening=0.53"}).empty());
    }
    /// Stem names become file names and may come from untrusted weights files.
    void refusesUnsafeStemNames_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"",
                                 ".",
                                 "..",
                                 "../evil",
                                 "/tmp/evil",
                                 "a/b",
                                 "a\\b",
                                 ".hidden",
                                 " a",
                                 "a ",
                                 "a\nb",
                                 "a\x1b[2J",
                                 "a\x7f",
                                 "a\xc2\x9b",
                                 "a\xe2\x80\xae",
                                 "a\xe2\x80\xa8",
                                 "a\xe2\x81\xa6",
                                 "mixture",
                                 "Mixture",
                                 "rest",
                                 "REST"})
            QTest::newRow(name) << QString::fromUtf8(name);
        QTest::newRow("long") << QString(101, QLatin1Char('a'));
    }
    void refusesUnsafeStemNames() {
        QFETCH(QString, name);
        RunConfig config;
        config.data.targets = {name.toStdString()};
        QVERIFY(!refusal(config).empty());
    }
    void acceptsOrdinaryStemNames() {
        RunConfig config;
        config.data.targets = {"vocals", "lead guitar", "드럼", "b..c", "Überbass", "resting"};
        QCOMPARE(refusal(config), std::string());
    }
    void checksManyNamesInLinearTime() {
        RunConfig config;
        config.data.targets.clear();
        for (int i = 0; i < 1'000'000; ++i)
            config.data.targets.push_back(std::to_string(i));
        config.data.stems = config.data.targets;
        // Comparing every target with every stem would run into the time limit of a test function.
        QCOMPARE(refusal(config), std::string());
    }
    void messagesNamePlacesOfKeys() {
        ConfigPlaces places;
        RunConfig config = parseConfig("model:\n  hidden_dim: 68\ndata:\n  gain_min: 2", "a.yaml", &places);
        applyOverride(config, "model.expand=3", &places);
        QVERIFY(refusal(config, places).find("a.yaml:2 and --set 'model.expand=3': model.hidden_dim 68") ==
                0);
        applyOverride(config, "model.hidden_dim=64", &places);
        QVERIFY(refusal(config, places).find("a.yaml:4: data.gain_min 2") == 0);
        places["data.root"] = "--data";
        config.data.root = "m\xff";
        QCOMPARE(refusal(config, places),
                 std::string("--data: data.root must be text in UTF-8, not '\"m?\"'"));
    }
    void loadConfigChecksTheFile() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("a.yaml")).toStdString();
        std::ofstream(path) << "audio:\n  hop_length: 2000\n";
        try {
            loadConfig(path);
            QFAIL("accepted");
        } catch (const Error& error) {
            QCOMPARE(error.where(), path + ":2");
        }
        std::ofstream(path) << "audio:\n  hop_length: 200\n";
        QCOMPARE(loadConfig(path).audio.hopLength, 200);
    }
    void stemNamesAreValidFileNames() {
        RunConfig config;
        for (const char* name : {"../evil", "/tmp/evil", "a/b", "a\\b", "..", ".hidden", "mixture", "rest",
                                 "bell\a", "\x1b[2J", "two\nlines"}) {
            config.data.targets = {"vocals", name};
            QVERIFY2(refusal(config).find("in data.targets is not a valid stem name") != std::string::npos,
                     name);
        }
        config.data.targets = {std::string(101, 'x')};
        QVERIFY(!refusal(config).empty());
        config.data.targets = {"lead vocals", "보컬", "drums_2"};
        QCOMPARE(refusal(config), std::string());
    }
    void checksBoundsOfConfigurationsBuiltInCode() {
        RunConfig config;
        config.training.learningRate = std::nan("");
        QVERIFY_THROWS_EXCEPTION(Error, checkConfig(config));
        config = {};
        config.training.batchSize = -1;
        QVERIFY_THROWS_EXCEPTION(Error, checkConfig(config));
        config = {};
        config.data.root = "not UTF-8: \xff";
        QVERIFY_THROWS_EXCEPTION(Error, checkConfig(config));
        config = {};
        config.data.validation = std::string("musdb");
        QVERIFY_THROWS_EXCEPTION(Error, checkConfig(config));
        const std::vector<ValidationSplit> splits = {0.0, 1.0, std::nan(""), std::vector<std::string>{},
                                                     std::vector<std::string>{"a", "a"}};
        for (const ValidationSplit& split : splits) {
            config.data.validation = split;
            QVERIFY_THROWS_EXCEPTION(Error, checkConfig(config));
        }
        config = {};
        config.data.targets = {};
        QCOMPARE(refusal(config), std::string("data.targets must be a list of distinct names, such as "
                                              "[vocals, drums], not '[]'"));
        config = {};
        config.loss.stftWindows = {512, 1 << 30};
        QVERIFY(refusal(config).find("loss.stft_windows must be a list of whole numbers") == 0);
    }
};

HEADROOM_TEST_MAIN(TestConfigCheck)
#include "tst_config_check.moc"
