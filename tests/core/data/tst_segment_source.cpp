// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"
#include "core/audio/varispeed.h"
#include "core/data/segment_source.h"
#include "tests/support/bad_files.h"
#include "tests/support/strict_main.h"
#include "tests/support/tiny_dataset.h"

#include <algorithm>
#include <functional>
#include <memory>

using namespace headroom;
using headroom::test::errorOf;
using headroom::test::TinyDataset;
using headroom::test::TinySong;

class TestSegmentSource : public QObject {
    Q_OBJECT

    static constexpr std::int64_t frames = 8000;
    std::unique_ptr<TinyDataset> data_;
    RunConfig config_;

    /// Reads files for every example unless `memoryLimit` allows caching.
    std::unique_ptr<SegmentSource> source(std::int64_t memoryLimit = 0) const {
        const AudioFormat format{config_.audio.sampleRate, config_.audio.channels};
        return std::make_unique<SegmentSource>(openLibrary(test::dataConfig(data_->root()), format).train,
                                               config_, memoryLimit);
    }
    AudioBuffer gained(const SegmentOrigin& origin) const {
        AudioBuffer audio =
            readAudioRange(data_->file("train/" + origin.song, origin.stem), 44100, config_.audio.channels,
                           std::llround(origin.seconds * 44100), frames);
        for (float& sample : audio.samples())
            sample *= origin.gain;
        return audio;
    }

private Q_SLOTS:
    void init() {
        data_ = std::make_unique<TinyDataset>();
        config_ = RunConfig();
        config_.data.silentChunkProbability = 0;
    }

    void mixtureIsSumOfStems_data() {
        QTest::addColumn<int>("channels");
        QTest::addColumn<double>("mixed");
        QTest::addColumn<qlonglong>("memoryLimit");
        QTest::newRow("stereo, aligned") << 2 << 0.0 << 0LL;
        QTest::newRow("stereo, mixed") << 2 << 1.0 << 0LL;
        QTest::newRow("mono") << 1 << 0.5 << 0LL;
        QTest::newRow("kept in memory") << 2 << 0.5 << (1LL << 30);
    }
    void mixtureIsSumOfStems() {
        QFETCH(int, channels);
        QFETCH(double, mixed);
        QFETCH(qlonglong, memoryLimit);
        config_.audio.channels = channels;
        config_.data.randomMixProbability = mixed;
        config_.data.targets = {"vocals", "bass", "other", "drums"};
        TinySong song;
        data_->add("train/a", song);
        song.spec.channels = 1;
        data_->add("train/b", song);
        song.spec.container = AudioContainer::Flac;
        song.spec.encoding = SampleEncoding::Pcm16;
        song.frames = 3000; // shorter than a segment
        data_->add("train/c", song);
        const auto segments = source(memoryLimit);
        for (int k = 0; k < 30; ++k) {
            const Example example = segments->example(k, frames);
            QCOMPARE(example.origins.size(), 4U);
            AudioBuffer sum(channels, frames);
            for (const SegmentOrigin& origin : example.origins) {
                const AudioBuffer stem = gained(origin);
                std::ranges::transform(sum.samples(), stem.samples(), sum.samples().begin(), std::plus());
                const auto target = std::ranges::find(config_.data.targets, origin.stem);
                QVERIFY(std::ranges::equal(example.targets[target - config_.data.targets.begin()].samples(),
                                           stem.samples()));
            }
            QCOMPARE(example.mixture.channels(), channels);
            QVERIFY(std::ranges::equal(example.mixture.samples(), sum.samples()));
            QVERIFY(example.notices.empty());
        }
    }

    /// The mixture file is not the sum of the stems, such as a master.
    void readsTheMixtureFile_data() {
        QTest::addColumn<qlonglong>("memoryLimit");
        QTest::newRow("from files") << 0LL;
        QTest::newRow("kept in memory") << (1LL << 30);
    }
    void readsTheMixtureFile() {
        QFETCH(qlonglong, memoryLimit);
        config_.data.randomMixProbability = 0;
        config_.data.mixture = MixtureSource::File;
        config_.data.channelSwapProbability = 0.5;
        data_->add("train/a", {.stems = {"drums", "vocals", "mixture"}});
        data_->add("train/b", {.stems = {"vocals", "mixture"}});
        const auto segments = source(memoryLimit);
        bool isSwapped = false;
        for (int k = 0; k < 20; ++k) {
            const Example example = segments->example(k, frames);
            QCOMPARE(example.origins.size(), 2U); // not the drums
            QCOMPARE(example.origins[1].stem, std::string("mixture"));
            AudioBuffer mixture = gained(example.origins[1]);
            AudioBuffer vocals = gained(example.origins[0]);
            QCOMPARE(example.origins[0].gain, example.origins[1].gain);
            QCOMPARE(example.origins[0].seconds, example.origins[1].seconds);
            if (example.origins[1].isSwapped) {
                isSwapped = true;
                std::ranges::swap_ranges(mixture.channel(0), mixture.channel(1));
                std::ranges::swap_ranges(vocals.channel(0), vocals.channel(1));
            }
            QVERIFY(std::ranges::equal(example.mixture.samples(), mixture.samples()));
            QVERIFY(std::ranges::equal(example.targets[0].samples(), vocals.samples()));
        }
        QVERIFY(isSwapped);
    }

    void swapsChannels() {
        config_.data.randomMixProbability = 0;
        data_->add("train/a", TinySong());
        const Example plain = source()->example(7, frames);
        config_.data.channelSwapProbability = 1;
        const Example swapped = source()->example(7, frames);
        QVERIFY(swapped.origins[0].isSwapped && !plain.origins[0].isSwapped);
        for (const int c : {0, 1}) {
            QVERIFY(std::ranges::equal(swapped.mixture.channel(c), plain.mixture.channel(1 - c)));
            QVERIFY(std::ranges::equal(swapped.targets[0].channel(c), plain.targets[0].channel(1 - c)));
        }
        QVERIFY(!std::ranges::equal(plain.mixture.channel(0), plain.mixture.channel(1)));
    }

    /// The mixture of a pitched song is the sum of its stems, which Varispeed has shifted.
    void shiftsPitch() {
        config_.data.randomMixProbability = 0;
        config_.data.pitchShift = 5;
        config_.data.gainMin = config_.data.gainMax = 1;
        config_.data.targets = {"vocals", "bass", "other", "drums"};
        data_->add("train/a", TinySong());
        const Example example = source()->example(3, frames);
        AudioBuffer sum(2, frames);
        for (const SegmentOrigin& origin : example.origins) {
            QVERIFY(std::abs(origin.semitones) > 0.1);
            const Varispeed speed(origin.semitones);
            const auto target = std::ranges::find(config_.data.targets, origin.stem);
            const AudioBuffer& stem = example.targets[target - config_.data.targets.begin()];
            const AudioBuffer expected =
                speed.play(readAudioRange(data_->file("train/a", origin.stem), 44100, 2,
                                          std::llround(origin.seconds * 44100), speed.inputFrames(frames)),
                           frames);
            QVERIFY(std::ranges::equal(stem.samples(), expected.samples()));
            std::ranges::transform(sum.samples(), stem.samples(), sum.samples().begin(), std::plus());
        }
        QVERIFY(std::ranges::equal(example.mixture.samples(), sum.samples()));
    }

    void keepsSilentTargetsWithGivenProbability_data() {
        QTest::addColumn<double>("probability");
        for (double probability : {0.0, 0.5, 1.0})
            QTest::addRow("%.1f", probability) << probability;
    }
    void keepsSilentTargetsWithGivenProbability() {
        QFETCH(double, probability);
        config_.data.silentChunkProbability = probability;
        config_.data.randomMixProbability = 0;
        TinySong song;
        song.stems = {"rest", "vocals"};
        data_->add("train/sung", song);
        data_->add("train/silent", song);
        writeAudio(data_->file("train/silent", "vocals"), AudioBuffer(2, 44100), AudioSpec());
        const auto segments = source();
        int silent = 0;
        constexpr int draws = 400;
        for (int k = 0; k < draws; ++k)
            silent += segments->example(k, 500).targets[0].peak() == 0 ? 1 : 0;
        // Half of all draws are silent: s = p/2 + (1-p)/2 * s
        const double expected = probability / 2 / (1 - (1 - probability) / 2);
        QVERIFY(std::abs(static_cast<double>(silent) / draws - expected) < 0.07);
    }

    void keepsSilenceIfAllIsSilent() {
        TinySong song;
        song.stems = {"rest", "vocals"};
        data_->add("train/silent", song);
        writeAudio(data_->file("train/silent", "vocals"), AudioBuffer(2, 44100), AudioSpec());
        QCOMPARE(source()->example(0, 500).targets[0].peak(), 0.0F);
    }

    /// Dropout replaces the stem with silence and does not change the rest of the example.
    void keepsExamplesWithDroppedStems() {
        config_.data.randomMixProbability = 1;
        config_.data.stemDropout = 0.5;
        config_.data.targets = {"vocals"};
        data_->add("train/a");
        data_->add("train/b");
        const auto segments = source();
        config_.data.stemDropout = 0;
        const auto whole = source();
        int dropped = 0;
        constexpr int examples = 200;
        for (int k = 0; k < examples; ++k) {
            const Example example = segments->example(k, frames);
            const Example full = whole->example(k, frames);
            QVERIFY(example.origins.size() <= full.origins.size());
            AudioBuffer sum(2, frames);
            for (const SegmentOrigin& origin : example.origins) {
                const AudioBuffer stem = gained(origin);
                std::ranges::transform(sum.samples(), stem.samples(), sum.samples().begin(), std::plus());
            }
            QVERIFY(std::ranges::equal(example.mixture.samples(), sum.samples()));
            const bool isSilent = example.targets[0].peak() == 0;
            dropped += isSilent ? 1 : 0;
            if (!isSilent)
                QVERIFY(std::ranges::equal(example.targets[0].samples(), full.targets[0].samples()));
        }
        // silent_chunk_probability is 0 here, and half of the targets are still silent.
        QVERIFY(std::abs(static_cast<double>(dropped) / examples - 0.5) < 0.12);
    }

    void reportsFileThatBecomesUnreadable() {
        data_->add("train/a");
        data_->add("train/b");
        const std::string bad = data_->file("train/b", "drums").string();
        const auto strict = source();
        config_.data.fileErrors = FileErrorPolicy::Skip;
        const auto lenient = source();
        std::vector<Example> before;
        before.reserve(20);
        for (int k = 0; k < 20; ++k)
            before.push_back(lenient->example(k, frames));
        test::truncate(bad, 0.3);

        int failures = 0;
        for (int k = 0; k < 20; ++k) {
            const std::string message = errorOf([&] { strict->example(k, frames); });
            const Example example = lenient->example(k, frames);
            QCOMPARE(example.notices.empty(), message.empty());
            for (const SegmentOrigin& origin : example.origins)
                QVERIFY(origin.song != "b" || origin.stem != "drums");
            if (message.empty()) {
                // Examples that do not need the file are unchanged.
                QVERIFY(std::ranges::equal(example.mixture.samples(), before[k].mixture.samples()));
                continue;
            }
            ++failures;
            QVERIFY2(message.find(bad) != std::string::npos, message.c_str());
            QVERIFY(example.notices[0].find(bad) != std::string::npos);
        }
        QVERIFY(failures > 0 && failures < 20);
    }

    void throwsIfNothingIsReadable() {
        config_.data.fileErrors = FileErrorPolicy::Skip;
        data_->add("train/a");
        const auto segments = source();
        test::truncate(data_->file("train/a", "drums"), 0);
        QVERIFY(errorOf([&] { segments->example(0, frames); }).find("empty") != std::string::npos);
    }
};

HEADROOM_TEST_MAIN(TestSegmentSource)
#include "tst_segment_source.moc"
