// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_check.h"
#include "core/config/config_file.h"
#include "core/support/error.h"
#include "tests/support/random_config.h"
#include "tests/support/strict_main.h"

#include <QTemporaryDir>

#include <clocale>
#include <filesystem>
#include <fstream>

using namespace headroom;

namespace {

/// Returns the error message for this text, or an empty string if it is accepted.
std::string refusal(const std::string& text) {
    try {
        parseConfig(text, "a.yaml");
    } catch (const Error& error) {
        return error.kind() == ErrorKind::Input ? error.message() : "not an input error";
    }
    return "";
}

std::string overrideRefusal(const std::string& assignment) {
    RunConfig config;
    try {
        applyOverride(config, assignment);
    } catch (const Error& error) {
        return config == RunConfig{} ? error.message() : "refused, but changed the configuration";
    }
    return "";
}

} // namespace

class TestConfigFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void missingOptionsKeepTheirDefaults() {
        QVERIFY(parseConfig("# nothing\ntraining:\n", "a.yaml") == RunConfig{});
        QVERIFY(parseConfig("# nothing\n", "a.yaml") == RunConfig{});
    }
    void readsEachKindOfModel() {
        QVERIFY(parseConfig("model:\n  kind: bs_mamba2\n", "a.yaml") == RunConfig{});
        const RunConfig bs = parseConfig("model:\n  kind: bs_roformer\n  heads: 4\n", "a.yaml");
        QVERIFY(bs.model.kind == ModelKind::BsRoformer);
        QCOMPARE(bs.model.heads, 4);
        const RunConfig mel = parseConfig("model:\n  num_bands: 30\n  kind: mel_band_roformer\n", "a.yaml");
        QVERIFY(mel.model.kind == ModelKind::MelBandRoformer);
        QCOMPARE(mel.model.numBands, 30);
    }
    void refusesOptionsOfOtherKinds() {
        QCOMPARE(refusal("model:\n  kind: bs_roformer\n  d_state: 64\n"),
                 std::string("a.yaml:3: model.d_state is an option of bs_mamba2, and model.kind is "
                             "bs_roformer. Remove it, or set model.kind."));
        QCOMPARE(refusal("model:\n  heads: 8\n"),
                 std::string("a.yaml:2: model.heads is an option of bs_roformer and mel_band_roformer, and "
                             "model.kind is bs_mamba2. Remove it, or set model.kind."));
        QVERIFY(refusal("model:\n  kind: bs_roformer\n  num_bands: 60\n").find("mel_band_roformer") !=
                std::string::npos);
        QVERIFY(refusal("model:\n  kind: bs_mamba3\n").find("bs_mamba2") != std::string::npos);
    }
    void theDefaultWeightOfTheWaveformErrorFollowsTheKind() {
        const auto weight = [](const char* text) { return parseConfig(text, "a.yaml").loss.lambdaTime; };
        QCOMPARE(weight("model:\n  kind: bs_mamba2\n"), 10.0);
        QCOMPARE(weight("model:\n  kind: bs_roformer\n"), 1.0);
        QCOMPARE(weight("loss:\n  lambda_time: 10\nmodel:\n  kind: bs_roformer\n"), 10.0);
    }
    void anOverrideOfTheKindDropsOptionsThatItLacks() {
        ConfigPlaces places;
        RunConfig config = parseConfig("model:\n  d_state: 64\n  hidden_dim: 32\n", "a.yaml", &places);
        applyOverride(config, "model.kind=bs_roformer", &places);
        checkConfig(config, places);
        QCOMPARE(config.model.dState, ModelConfig{}.dState);
        QCOMPARE(config.model.hiddenDim, 32);
        QCOMPARE(config.loss.lambdaTime, 1.0);
        applyOverride(config, "model.d_state=64", &places);
        QVERIFY_THROWS_EXCEPTION(Error, checkConfig(config, places));

        ConfigPlaces given;
        config = parseConfig("loss:\n  lambda_time: 10\n", "a.yaml", &given);
        applyOverride(config, "model.kind=bs_roformer", &given);
        QCOMPARE(config.loss.lambdaTime, 10.0);
    }
    void writesOnlyTheOptionsOfItsKind() {
        RunConfig config;
        QVERIFY(dumpConfig(config).find("  heads:") == std::string::npos);
        applyOverride(config, "model.kind=bs_roformer");
        const std::string text = dumpConfig(config);
        QVERIFY(text.find("  heads: 8\n") != std::string::npos);
        QVERIFY(text.find("  d_state:") == std::string::npos);
        QVERIFY(text.find("  num_bands:") == std::string::npos);
        QVERIFY(parseConfig(text, "a.yaml") == config);
    }
    void refusesEmptyFile() {
        for (const char* text : {"", " ", "\n", "\r\n\t\n"})
            QCOMPARE(refusal(text),
                     std::string("a.yaml: the configuration is empty. Restore the file from a backup."));
    }
    void roundTripsEveryConfiguration() {
        for (std::uint64_t seed = 0; seed < 300; ++seed) {
            const RunConfig config = test::randomConfig(seed);
            const std::string text = dumpConfig(config);
            try {
                ConfigPlaces places; // skips checkConfig: random values contradict each other
                QVERIFY2(parseConfig(text, "a.yaml", &places) == config, text.c_str());
            } catch (const Error& error) {
                QFAIL((error.message() + "\n" + text).c_str());
            }
        }
    }
    void checksTheWholeConfigurationUnlessPlacesAreRequested() {
        const std::string text = "data:\n  targets: [../evil]";
        QVERIFY(refusal(text).starts_with("a.yaml:2: '../evil' in data.targets is not a valid stem name"));
        ConfigPlaces places;
        QCOMPARE(parseConfig(text, "a.yaml", &places).data.targets, std::vector<std::string>{"../evil"});
    }
    void numbersDoNotDependOnTheLocale() {
        const std::string before = std::setlocale(LC_ALL, nullptr);
        for (const char* locale : {"de_DE.UTF-8", "ko_KR.UTF-8", "tr_TR.UTF-8"})
            std::setlocale(LC_ALL, locale); // has no effect if not installed
        const RunConfig config =
            parseConfig("training: {learning_rate: 2.5e-4, steps_per_epoch: 10000}", "a");
        const std::string dumped = dumpConfig(config);
        std::setlocale(LC_ALL, before.c_str());
        QCOMPARE(config.training.learningRate, 2.5e-4);
        QVERIFY(dumped.find("steps_per_epoch: 10000\n") != std::string::npos);
    }
    void messagesNamePlaceKeyAndAllowedValues_data() {
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, const char* yaml, const char* message) {
            QTest::newRow(name) << QString::fromUtf8(yaml) << QString::fromUtf8(message);
        };
        row("unknown key", "model:\n  hiden_dim: 4",
            "a.yaml:2: unknown key 'model.hiden_dim'. The nearest known key is hidden_dim in section model.");
        row("wrong section", "model:\n  batch_size: 4",
            "a.yaml:2: unknown key 'model.batch_size'. The nearest known key is batch_size in section "
            "training.");
        row("no section", "\nbatch_size: 4",
            "a.yaml:2: unknown key 'batch_size'. The nearest known key is batch_size in section training.");
        row("nothing similar", "model:\n  zzzzzzzz: 4",
            "a.yaml:2: unknown key 'model.zzzzzzzz'. `headroom options` lists all keys.");
        row("different word", "training:\n  num_steps: 4",
            "a.yaml:2: unknown key 'training.num_steps'. `headroom options` lists all keys.");
        row("several unknown keys",
            "audio:\n  chunk_size: 4\ntraining:\n  batchsize: 2\ninference:\n  dim: 1",
            "3 errors in the configuration:\n  a.yaml:2: unknown key 'audio.chunk_size'\n"
            "  a.yaml:4: unknown key 'training.batchsize'. The nearest known key is batch_size in section "
            "training.\n  a.yaml:5: unknown key 'inference'\n`headroom options` lists all keys.");
        row("unknown key after a bad value", "training:\n  batch_size: no\n  lr: 1",
            "2 errors in the configuration:\n"
            "  a.yaml:2: training.batch_size must be a whole number from 1 to 256, not 'no'\n"
            "  a.yaml:3: unknown key 'training.lr'\n`headroom options` lists all keys.");
        row("text for a number", "training:\n  batch_size: two",
            "a.yaml:2: training.batch_size must be a whole number from 1 to 256, not 'two'");
        row("quoted number", "training: {batch_size: \"2\"}",
            "a.yaml:1: training.batch_size must be a whole number from 1 to 256, not '\"2\"'");
        row("fraction", "training: {batch_size: 2.5}",
            "a.yaml:1: training.batch_size must be a whole number from 1 to 256, not '2.5'");
        row("trailing garbage", "training: {batch_size: 2x}",
            "a.yaml:1: training.batch_size must be a whole number from 1 to 256, not '2x'");
        row("too small", "training: {batch_size: 0}",
            "a.yaml:1: training.batch_size must be a whole number from 1 to 256, not '0'");
        row("enormous", "training: {batch_size: 99999999999999999999999999}",
            "a.yaml:1: training.batch_size must be a whole number from 1 to 256, not "
            "'99999999999999999999999999'");
        row("enormous real", "audio: {segment_length: 1e999}",
            "a.yaml:1: audio.segment_length must be a number from 0.1 to 60 s, not '1e999'");
        row("nan", "audio: {segment_length: nan}",
            "a.yaml:1: audio.segment_length must be a number from 0.1 to 60 s, not 'nan'");
        row("infinite", "audio: {segment_length: .inf}",
            "a.yaml:1: audio.segment_length must be a number from 0.1 to 60 s, not '.inf'");
        row("yes", "model: {use_gradient_checkpointing: yes}",
            "a.yaml:1: model.use_gradient_checkpointing must be true or false, not 'yes'");
        row("choice", "training: {precision: fp16}",
            "a.yaml:1: training.precision must be one of fp32, bf16, not 'fp16'");
        row("nothing", "training: {batch_size: }",
            "a.yaml:1: training.batch_size must be a whole number from 1 to 256, not nothing");
        row("list for a number", "training: {batch_size: [1, 2]}",
            "a.yaml:1: training.batch_size must be a whole number from 1 to 256, not '[1, 2]'");
        row("map for a number", "training: {batch_size: {a: 1}}",
            "a.yaml:1: training.batch_size must be a whole number from 1 to 256, not a map of keys");
        row("text for a list", "data: {targets: vocals}",
            "a.yaml:1: data.targets must be a list of distinct names, such as [vocals, drums], not 'vocals'");
        row("same name twice", "data: {targets: [vocals, vocals]}",
            "a.yaml:1: data.targets must be a list of distinct names, such as [vocals, drums], not '[vocals, "
            "vocals]'");
        row("fraction of 1", "data: {validation: 1}",
            "a.yaml:1: data.validation must be a list of distinct song names, musdb18, or a fraction between "
            "0 and 1, not '1'");
        row("given twice", "training:\n  seed: 1\n  seed: 2", "a.yaml:3: key 'training.seed' is given twice");
        row("section twice", "training: {seed: 1}\ntraining: {seed: 2}",
            "a.yaml:2: key 'training' is given twice");
        row("list", "- a", "a.yaml:1: a configuration is a map of sections such as 'training:'");
        row("section is not a map", "training: 5", "a.yaml:1: training must be a map of keys");
        row("key is not a scalar", "? [a]\n: 5", "a.yaml:1: a key must be plain text");
        row("two documents", "training: {seed: 1}\n---\ntraining: {seed: 2}",
            "a.yaml:2: more than one YAML document in the file. Remove the line '---'.");
        row("second document after an end marker", "training: {seed: 1}\n...\ntraining: {seed: 2}",
            "a.yaml:3: more than one YAML document in the file. Remove the line '---'.");
        row("comma", ",", "a.yaml:1: invalid YAML: unexpected ','");
        row("comma after a comment", "# mine\n---\n, training",
            "a.yaml:3: invalid YAML: unexpected ', training'");
        row("tab", "training:\n\tseed: 1",
            "a.yaml:2: line 2 starts with a tab (illegal map value). Indent with spaces only.");
        row("tab in a list", "data:\n  targets:\n  - vocals\n\t- bass",
            "a.yaml:4: line 4 starts with a tab (illegal tab when looking for indentation). Indent with "
            "spaces only.");
        row("tab after spaces", "training:\n  batch_size: 1\n  \tseed: 2",
            "a.yaml:3: line 3 starts with a tab (illegal tab when looking for indentation). Indent with "
            "spaces only.");
        row("tab in a comment", "training:\n\t# mine\n  seed: [1",
            "a.yaml:3: invalid YAML: end of sequence flow not found");
        row("python tag", "data:\n  root: !!python/object/apply:os.system [reboot]",
            "a.yaml:2: type tag 'tag:yaml.org,2002:python/object/apply:os.system' is not supported. Remove "
            "the tag.");
        row("own tag", "training: {seed: !x 1}", "a.yaml:1: type tag '!x' is not supported. Remove the tag.");
    }
    void messagesNamePlaceKeyAndAllowedValues() {
        QFETCH(QString, yaml);
        QFETCH(QString, message);
        QCOMPARE(QString::fromStdString(refusal(yaml.toStdString())), message);
    }
    void syntaxErrorsNameTheLine() {
        for (const char* text : {"training: [1", "training:\n\tseed: 1", "a: b: c", "training: {seed: *x}",
                                 "\"", "training: {seed: 1}}", "%YAML", "&a &b c"})
            QVERIFY2(refusal(text).find("a.yaml:") == 0, text);
    }
    void readsTabsWhereYamlAllowsThem() {
        const RunConfig config = parseConfig("training:\t# mine\n  seed:\t5\ndata: {\n\troot: x}", "a.yaml");
        QCOMPARE(config.training.seed, std::int64_t{5});
        QCOMPARE(config.data.root, std::string("x"));
    }
    void recordsWhereEachKeyWasGiven() {
        ConfigPlaces places;
        RunConfig config = parseConfig("training:\n  seed: 5\n  batch_size: 1", "a.yaml", &places);
        applyOverride(config, "training.seed=6", &places);
        const ConfigPlaces expected = {{"training.seed", "--set 'training.seed=6'"},
                                       {"training.batch_size", "a.yaml:3"}};
        QVERIFY(places == expected);
    }
    void readsLongListsInLinearTime() {
        std::string names;
        for (int i = 0; i < 90'000; ++i)
            names.append(1, 's').append(std::to_string(i)).append(1, ',');
        // Comparing every pair of names would take a minute and run into the time limit of ctest.
        QCOMPARE(parseConfig("data: {exclude: [" + names + "]}", "a").data.exclude.size(),
                 std::size_t{90'000});
    }
    void refusesMaliciousFilesQuickly() {
        QVERIFY(!refusal(std::string(100000, '[')).empty());
        for (const char* text : {",", ",,,", "---\n,", "# c\n,", "]", "}", "- ,", "%TAG ! a\n---\n,"})
            QVERIFY2(!refusal(text).empty(), text);
        QVERIFY(
            refusal("data: {root: " + std::string(70, '[') + std::string(70, ']') + "}").find("64 levels") !=
            std::string::npos);
        std::string values;
        for (int i = 0; i < 100'001; ++i)
            values += "1,";
        QVERIFY(refusal("loss: {stft_windows: [" + values + "]}").find("100000 values") != std::string::npos);
        std::string documents;
        for (int i = 0; i < 100'000; ++i)
            documents += "---\n";
        QVERIFY(!refusal(documents).empty());
        std::string keys = "model:\n";
        for (int i = 0; i < 40'000; ++i)
            keys.append(" key_number_").append(std::to_string(i)).append(": 1\n");
        QVERIFY(refusal(keys).find("40000 errors in the configuration:") != std::string::npos);
        QVERIFY(!refusal(std::string(2 << 20, 'a')).empty());
        QVERIFY(!refusal(std::string("a\0b", 3)).empty());
        QVERIFY(!refusal("data: {root: \xff\xfe}").empty());
        QString laughs = QStringLiteral("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; ++i)
            laughs += QStringLiteral("a%1: &a%1 [*a%2, *a%2]\n").arg(i).arg(i - 1);
        QVERIFY(!refusal(laughs.toStdString()).empty());
        // A recursive value: the message must not expand it.
        QVERIFY(!refusal("data: {targets: &a [*a]}").empty());
    }
    void readsListsAndFractions() {
        ConfigPlaces places; // skips checkConfig: two bands contradict n_fft
        const RunConfig config =
            parseConfig("data:\n  targets: [vocals, bass]\n  validation:\n  - 1999\n  - Yes\n"
                        "model:\n  freqs_per_bands: !!python/tuple [1, 2]\n",
                        "a.yaml", &places);
        QCOMPARE(config.data.targets.size(), std::size_t{2});
        QVERIFY(config.data.validation == ValidationSplit(std::vector<std::string>{"1999", "Yes"}));
        QVERIFY(config.model.freqsPerBands == (std::vector<int>{1, 2}));
        QVERIFY(parseConfig("data: {validation: 0.25}", "a").data.validation == ValidationSplit(0.25));
        QVERIFY(parseConfig("data: {validation: musdb18}", "a").data.validation ==
                ValidationSplit("musdb18"));
    }
    /// Every run of version 0.1 has the key.
    void ignoresTheRetiredKey() {
        ConfigPlaces places;
        const char* text = "training: {resume_from: \"\", seed: 3}";
        QCOMPARE(parseConfig(text, "a.yaml", &places).training.seed, std::int64_t{3});
        QVERIFY(!places.contains(retiredKey));
        const char* named = "training:\n  resume_from: runs/old\n  seed: 3";
        QCOMPARE(parseConfig(named, "a.yaml").training.seed, std::int64_t{3});
        parseConfig(named, "a.yaml", &places);
        QCOMPARE(places.at(retiredKey), std::string("a.yaml:2"));
        QCOMPARE(
            overrideRefusal("training.resume_from=runs/old"),
            std::string("--set 'training.resume_from=runs/old': training.resume_from is no longer an option. "
                        "Resume a run with: headroom train --run DIR --resume"));
    }
    void overrideSetsOneOption() {
        RunConfig config;
        for (const char* assignment :
             {"training.batch_size=3", "training.learning_rate=1e-3", "model.use_gradient_checkpointing=true",
              "training.precision=fp32", "data.root=a: b #c=d", "data.validation=[x, y]",
              "loss.stft_windows=[512]", "training.init_from="})
            applyOverride(config, assignment);
        QCOMPARE(config.training.batchSize, 3);
        QCOMPARE(config.training.learningRate, 1e-3);
        QVERIFY(config.model.useGradientCheckpointing);
        QVERIFY(config.training.precision == Precision::Fp32);
        QCOMPARE(config.data.root, std::string("a: b #c=d"));
        QVERIFY(config.data.validation == ValidationSplit(std::vector<std::string>{"x", "y"}));
        QVERIFY(config.loss.stftWindows == std::vector<int>{512});
    }
    void refusesInvalidOverrides() {
        QCOMPARE(overrideRefusal("training.batch_size"),
                 std::string(
                     "--set 'training.batch_size': missing '='. Write it as --set training.batch_size=2."));
        QCOMPARE(overrideRefusal("training.batchsize=2"),
                 std::string(
                     "--set 'training.batchsize=2': unknown key 'training.batchsize'. The nearest known key "
                     "is batch_size in section training."));
        for (const char* assignment :
             {"=", "training.batch_size=", "training.batch_size=0", "training.precision=", "data.targets=[",
              "data.targets=[]", "training.seed=1\n2", "data.root=\xff", "data.targets=,",
              "training.seed=1\n---\n2"})
            QVERIFY2(!overrideRefusal(assignment).empty(), assignment);
    }
    void reportsErrorsOfFileAndOverridesTogether() {
        ConfigPlaces places;
        ConfigErrors errors;
        RunConfig config = parseConfig("training:\n  batchsize: 2\n  seed: 4", "a.yaml", &places, &errors);
        applyOverrides(config, {"training.sed=1", "training.seed=5", "nothing"}, &places, errors);
        QCOMPARE(config.training.seed, std::int64_t{5});
        try {
            errors.throwIfAny();
            QFAIL("no error");
        } catch (const Error& error) {
            QVERIFY(error.kind() == ErrorKind::Input);
            QCOMPARE(
                error.message(),
                std::string("3 errors in the configuration:\n"
                            "  a.yaml:2: unknown key 'training.batchsize'. The nearest known key is "
                            "batch_size in section training.\n"
                            "  --set 'training.sed=1': unknown key 'training.sed'. The nearest known key "
                            "is seed in section training.\n"
                            "  --set 'nothing': missing '='. Write it as --set training.batch_size=2."));
        }
        ConfigErrors one;
        applyOverrides(config, {"training.sed=1"}, nullptr, one);
        QVERIFY_THROWS_EXCEPTION(Error, one.throwIfAny());
        ConfigErrors().throwIfAny();
    }

    void refusesUnreadableFiles() {
        const QTemporaryDir folder;
        const std::filesystem::path missing = folder.filePath(QStringLiteral("none.yaml")).toStdString();
        QVERIFY_THROWS_EXCEPTION(Error, loadConfig(missing));
        QVERIFY_THROWS_EXCEPTION(Error, loadConfig(folder.path().toStdString()));
        std::ofstream(missing) << "training:\n  seed: 5\n";
        QCOMPARE(loadConfig(missing).training.seed, std::int64_t{5});
    }

    /// Reading this file at its start fails with EIO.
    void readErrorIsNotInput() {
        try {
            loadConfig("/proc/self/mem");
            QFAIL("accepted");
        } catch (const Error& error) {
            QVERIFY(error.kind() == ErrorKind::Failure);
            QVERIFY2(error.message().find("Input/output error") != std::string::npos, error.what());
            QCOMPARE(error.where(), std::string("/proc/self/mem"));
        }
    }
};

HEADROOM_TEST_MAIN(TestConfigFile)
#include "tst_config_file.moc"
