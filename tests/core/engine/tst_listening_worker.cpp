// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"
#include "core/engine/services.h"
#include "core/engine/stereo_samples.h"
#include "core/metrics/sdr.h"
#include "core/train/checkpoint_store.h"
#include "tests/core/engine/tiny_weights.h"
#include "tests/support/answers.h"
#include "tests/support/bad_files.h"
#include "tests/support/read_audio.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"
#include "tests/support/tiny_dataset.h"

#include <QTemporaryDir>

#include <cmath>
#include <fstream>
#include <limits>

using namespace headroom;
namespace fs = std::filesystem;

namespace {

AudioSum sumOf(const AudioBuffer& audio, float gain = 1) {
    AudioSum sum{{{{}, gain}}};
    sum.terms.front().audio.append(audioBlock(audio));
    return sum;
}

struct LoadedSong {
    SongOpened opened;
    std::map<std::string, PlaybackAudio> audio;
};

bool loadEnded(const SongEvent& event) {
    return std::holds_alternative<SongLoaded>(event) || std::holds_alternative<SongFailed>(event);
}

LoadedSong loaded(const SongAudio& song, int sampleRate = 0) {
    test::Answers<SongEvent> answers;
    const auto service = makeListeningService();
    service->load(1, song, sampleRate, answers.sink());
    LoadedSong result;
    for (const SongEvent& event : answers.awaitUntil(loadEnded)) {
        if (const auto* opened = std::get_if<SongOpened>(&event))
            result.opened = *opened;
        if (const auto* part = std::get_if<SongPart>(&event))
            result.audio[part->stem].append(part->block);
    }
    return result;
}

/// Largest difference between the loaded and the expected audio.
float difference(const PlaybackAudio& audio, const AudioBuffer& expected) {
    const AudioBuffer got = planarAudio(AudioSum{{{audio, 1}}}.read(0, audio.frames()));
    float largest = 0;
    for (int c = 0; c < 2; ++c) {
        for (std::int64_t i = 0; i < got.frames(); ++i)
            largest = std::max(largest, std::abs(got.channel(c)[i] - expected.channel(c)[i]));
    }
    return largest;
}

SongAudio songAt(const test::TinyDataset& dataset, const std::string& folder, bool withMixture) {
    SongAudio song{"song", "test", {}, {}};
    if (withMixture)
        song.mixture = dataset.file(folder, "mixture").string();
    for (const char* stem : {"bass", "vocals"})
        song.stems.push_back({stem, {dataset.file(folder, stem).string()}});
    return song;
}

} // namespace

class TestListeningWorker : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void loadsFiles() {
        test::TinyDataset dataset;
        dataset.add("test/song", {.stems = {"bass", "vocals"}, .withMixture = true, .frames = 300001});
        const SongAudio song = songAt(dataset, "test/song", true);
        const LoadedSong result = loaded(song);
        QCOMPARE(result.opened.sampleRate, 44100);
        QCOMPARE(result.opened.frames, std::int64_t{300001});
        QCOMPARE(result.opened.stems, (std::vector<std::string>{"bass", "vocals"}));
        QCOMPARE(result.audio.at("").frames(), std::int64_t{300001});
        QCOMPARE(difference(result.audio.at(""), test::readAudio(song.mixture)), 0.0F);
        QCOMPARE(difference(result.audio.at("vocals"), test::readAudio(song.stems[1].paths[0])), 0.0F);
    }

    void sumsStemsWithoutMixture() {
        test::TinyDataset dataset;
        dataset.add("test/song", {.stems = {"bass", "vocals"}, .frames = 20000});
        const SongAudio song = songAt(dataset, "test/song", false);
        AudioBuffer sum = test::readAudio(song.stems[0].paths[0]);
        const AudioBuffer vocals = test::readAudio(song.stems[1].paths[0]);
        std::ranges::transform(sum.samples(), vocals.samples(), sum.samples().begin(), std::plus());
        QCOMPARE(difference(loaded(song).audio.at(""), sum), 0.0F);
    }

    void sumsTheFilesOfAStem() {
        test::TinyDataset dataset;
        dataset.add("song/vocals", {.stems = {"choir", "lead"}, .frames = 20000});
        dataset.add("song/bass", {.stems = {"take"}, .frames = 20000});
        test::Answers<SongList> answers;
        const auto service = makeListeningService();
        service->listSongs(1, dataset.root().string(), RunConfig(), answers.sink());
        const SongList list = *answers.awaitOne();
        SongAudio song = list.songs.at(0);
        QCOMPARE(song.stems.at(1).paths.size(), 2U);
        AudioBuffer vocals = test::readAudio(song.stems[1].paths[0]);
        const AudioBuffer lead = test::readAudio(song.stems[1].paths[1]);
        std::ranges::transform(vocals.samples(), lead.samples(), vocals.samples().begin(), std::plus());
        // Silence follows a track that is shorter than its stem.
        dataset.add("song/bass", {.stems = {"short"}, .frames = 15000});
        song.stems[0].paths.push_back(dataset.file("song/bass", "short").string());
        const LoadedSong result = loaded(song);
        QCOMPARE(result.opened.stems, (std::vector<std::string>{"bass", "vocals"}));
        QCOMPARE(result.opened.frames, std::int64_t{20000});
        QCOMPARE(difference(result.audio.at("vocals"), vocals), 0.0F);
    }

    void convertsToOneRateAndLength() {
        test::TinyDataset dataset;
        AudioSpec slow;
        slow.sampleRate = 22050;
        slow.channels = 1;
        dataset.add("test/song", {.stems = {"bass"}, .frames = 22050, .spec = slow});
        dataset.add("test/other", {.stems = {"vocals"}, .frames = 44000});
        SongAudio song{"song", "", {}, {}};
        song.stems = {{"bass", {dataset.file("test/song", "bass").string()}},
                      {"vocals", {dataset.file("test/other", "vocals").string()}}};
        const LoadedSong result = loaded(song, 44100);
        QCOMPARE(result.opened.frames, std::int64_t{44000});
        QVERIFY(difference(result.audio.at("bass"), test::readAudio(song.stems[0].paths[0], 44100, 2)) <
                1e-6F);
        QCOMPARE(result.audio.at("bass").frames(), std::int64_t{44000});
    }

    void reportsHeadersWithoutALength() {
        test::TinyDataset dataset;
        dataset.add("test/song", {.stems = {"bass", "vocals"}});
        const SongAudio song = songAt(dataset, "test/song", false);
        QVERIFY(loaded(song).opened.notices.empty());
        test::removeLength(song.stems[1].paths[0]);
        const LoadedSong result = loaded(song);
        QCOMPARE(
            result.opened.notices,
            std::vector<std::string>{song.stems[1].paths[0] +
                                     ": its header has no length; all 1.0 s found in the file are used"});
        QCOMPARE(result.opened.frames, std::int64_t{44100});
    }

    void reportsMissingFile() {
        test::Answers<SongEvent> answers;
        const auto service = makeListeningService();
        service->load(4, {"song", "", "/nowhere/song.wav", {}}, 0, answers.sink());
        const auto failed = std::get<SongFailed>(*answers.awaitOne());
        QCOMPARE(failed.number, std::uint64_t{4});
        QCOMPARE(failed.error.where(), std::string("/nowhere/song.wav"));
    }

    void newSongCancelsPrevious() {
        test::TinyDataset dataset;
        dataset.add("test/song", {.stems = {"vocals"}, .frames = 44100 * 60});
        const SongAudio song{"song", "", dataset.file("test/song", "vocals").string(), {}};
        test::Answers<SongEvent> first;
        test::Answers<SongEvent> second;
        const auto service = makeListeningService();
        service->load(1, song, 0, first.sink());
        service->load(2, song, 0, second.sink());
        second.awaitUntil(loadEnded);
        for (const SongEvent& event : first.soFar())
            QVERIFY(!loadEnded(event));
    }

    void sdrMatchesMetrics() {
        AudioBuffer truth = test::noise(2, 44100 * 5 + 777, 1);
        AudioBuffer estimate = test::noise(2, 44100 * 5 + 777, 2);
        for (int c = 0; c < 2; ++c) {
            for (std::int64_t i = 0; i < truth.frames(); ++i)
                estimate.channel(c)[i] = truth.channel(c)[i] + 0.2F * estimate.channel(c)[i];
            std::ranges::fill(truth.channel(c).subspan(44100 * 2, 44100), 0.0F);
        }
        test::Answers<SdrAnswer> answers;
        const auto service = makeListeningService();
        service->measureSdr(5, sumOf(estimate), sumOf(truth), 44100, answers.sink());
        const SdrAnswer answer = *answers.awaitOne();
        QCOMPARE(answer.number, std::uint64_t{5});
        QCOMPARE(answer.seconds.size(), std::size_t{5});
        const auto expected = windowSdr(truth, estimate, 44100, 44100);
        for (std::size_t i = 0; i < 5; ++i) {
            QCOMPARE(answer.seconds[i].sdr.has_value(), i != 2);
            if (i != 2)
                QVERIFY(std::abs(*answer.seconds[i].sdr - expected[i]) < 1e-9);
        }
        QVERIFY(std::abs(*answer.cSdr - *cSdr(truth, estimate, 44100)) < 1e-9);
    }

    void peaksCoverEverySample() {
        const AudioBuffer audio = test::noise(2, 200001, 3);
        test::Answers<PeaksAnswer> answers;
        const auto service = makeListeningService();
        service->findPeaks(1, sumOf(audio, -2), 64 * 10, 200001 - 640, answers.sink());
        const PeaksAnswer answer = *answers.awaitOne();
        QCOMPARE(answer.begin, std::int64_t{640});
        QCOMPARE(std::ssize(answer.peaks), (200001 - 640 + 63) / 64);
        for (std::int64_t i = 640; i < audio.frames(); ++i) {
            const Peak& peak = answer.peaks[(i - 640) / 64];
            for (int c = 0; c < 2; ++c) {
                const float sample = -2 * audio.channel(c)[i];
                QVERIFY(peak.lowest <= sample && sample <= peak.highest);
            }
            QVERIFY(peak.meanSquare <= 1.0F && peak.meanSquare > 0.05F);
        }
    }

    void peaksIgnoreSamplesThatAreNotFinite() {
        AudioBuffer audio = test::noise(2, 128, 3);
        audio.channel(0)[0] = std::numeric_limits<float>::quiet_NaN();
        audio.channel(1)[70] = std::numeric_limits<float>::infinity();
        test::Answers<PeaksAnswer> answers;
        const auto service = makeListeningService();
        service->findPeaks(1, sumOf(audio), 0, 128, answers.sink());
        const PeaksAnswer answer = *answers.awaitOne();
        QCOMPARE(answer.peaks.size(), std::size_t{2});
        for (const Peak& peak : answer.peaks) {
            QVERIFY(peak.lowest >= -1 && peak.lowest < 0);
            QVERIFY(peak.highest <= 1 && peak.highest > 0);
            QVERIFY(peak.meanSquare > 0.01F && peak.meanSquare <= 1);
        }
    }

    void tilesJoinSeamlessly_data() {
        QTest::addColumn<int>("hop");
        QTest::newRow("short") << 256;
        QTest::newRow("computed in parts") << 20000;
    }
    void tilesJoinSeamlessly() {
        QFETCH(const int, hop);
        const AudioSum audio = sumOf(test::noise(2, 128 * hop + 5000, 4));
        const auto tile = [&](std::int64_t begin, int columns) {
            test::Answers<SpectrogramTile> answers;
            const auto service = makeListeningService();
            service->drawTiles({{9, audio, 44100, FrequencyScale::Mel, begin, hop, columns, 64}},
                               answers.sink());
            return *answers.awaitOne();
        };
        const SpectrogramTile whole = tile(0, 128);
        const SpectrogramTile right = tile(64 * hop, 64);
        QCOMPARE(whole.number, std::uint64_t{9});
        QCOMPARE(whole.levels.size(), std::size_t{128 * 64});
        for (int row = 0; row < 64; ++row) {
            for (int column = 0; column < 64; ++column)
                QVERIFY(std::abs(whole.levels[row * 128 + 64 + column] - right.levels[row * 64 + column]) <=
                        1);
        }
    }

    void measuresLoudnessOfSum() {
        const AudioBuffer audio = test::noise(2, 44100 * 2, 5);
        const auto service = makeListeningService();
        test::Answers<LoudnessAnswer> loud;
        test::Answers<LoudnessAnswer> soft;
        service->measureLoudness(1, sumOf(audio), 44100, loud.sink());
        service->measureLoudness(2, sumOf(audio, 0.5F), 44100, soft.sink());
        const double step = *soft.awaitOne()->integrated - *loud.awaitOne()->integrated;
        QVERIFY(std::abs(step - 20 * std::log10(0.5)) < 0.01);
        QCOMPARE(loud.awaitOne()->samplePeak, static_cast<double>(audio.peak()));
    }

    void listsSongsOfDataSet() {
        test::TinyDataset dataset;
        for (const char* name : {"train/a", "train/b", "train/c"})
            dataset.add(name, {.stems = {"vocals", "drums"}, .frames = 1000});
        dataset.add("test/z", {.stems = {"vocals", "drums"}, .withMixture = true, .frames = 1000});
        RunConfig config;
        config.data.validation = ValidationSplit{std::vector<std::string>{"b"}};
        test::Answers<SongList> answers;
        const auto service = makeListeningService();
        service->listSongs(1, dataset.root().string(), config, answers.sink());
        const SongList list = *answers.awaitOne();
        QVERIFY(!list.error);
        std::vector<std::string> names;
        for (const SongAudio& song : list.songs)
            names.push_back(song.split + "/" + song.name);
        QCOMPARE(names, (std::vector<std::string>{"test/z", "validation/b", "train/a", "train/c"}));
        QVERIFY(!list.songs[0].mixture.empty() && list.songs[1].mixture.empty());
        QCOMPARE(list.songs[1].stems.at(1).stem, std::string("vocals"));
    }

    void reportsMissingDataSet() {
        test::Answers<SongList> answers;
        const auto service = makeListeningService();
        service->listSongs(1, "/nowhere", {}, answers.sink());
        QCOMPARE(answers.awaitOne()->error->where(), std::string("/nowhere"));
    }

    void listsCheckpointsOfRun() {
        QTemporaryDir folder;
        const fs::path run = folder.path().toStdString();
        CheckpointStore store(run / "checkpoints");
        const BandSplitModel model(modelShape(test::tinyConfig()), at::kCPU, at::kFloat, 1);
        for (const int step : {100, 200}) {
            store.save(step, [&](const fs::path& path) {
                std::map<std::string, std::string> metadata = {{"epoch", std::to_string(step / 100)}};
                if (step == 100)
                    metadata["metrics"] = R"({"vocals": {"cSDR": 9.5, "uSDR": null}})";
                writeSafetensors((path / "weights.safetensors").string(), test::tensorsOf(model), metadata);
            });
        }
        store.save(300, [](const fs::path& path) { std::ofstream(path / "weights.safetensors") << "no"; });
        store.markBest(100);
        test::Answers<CheckpointList> answers;
        const auto service = makeListeningService();
        service->listCheckpoints(2, run.string(), answers.sink());
        const CheckpointList list = *answers.awaitOne();
        QCOMPARE(list.checkpoints.size(), std::size_t{2});
        QCOMPARE(list.checkpoints[0].step, std::int64_t{200});
        QVERIFY(!list.checkpoints[0].best && list.checkpoints[1].best);
        QCOMPARE(list.checkpoints[1].epoch, 1);
        QCOMPARE(*list.checkpoints[1].metrics.at("vocals").cSdr, 9.5);
        QVERIFY(!list.checkpoints[1].metrics.at("vocals").uSdr);
    }
};

HEADROOM_TEST_MAIN(TestListeningWorker)
#include "tst_listening_worker.moc"
