// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"
#include "core/separate/separate_file.h"
#include "core/separate/stem_files.h"
#include "core/support/error.h"
#include "tests/support/bad_files.h"
#include "tests/support/one_by_one.h"
#include "tests/support/read_audio.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <QTemporaryDir>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <span>
#include <stdexcept>

using namespace headroom;
namespace fs = std::filesystem;

namespace {

/// A model whose two stems are the input times 0.75 and 0.125, which leaves a rest of an eighth.
SegmentModel gains(int sampleRate = 44100, int channels = 2) {
    SegmentModel model;
    model.sampleRate = sampleRate;
    model.channels = channels;
    model.stems = {"vocals", "drums"};
    model.segmentFrames = 4000;
    model.overlap = 0.5;
    model.separate = test::oneByOne([](const AudioBuffer& segment) {
        SegmentStems stems(2, segment);
        for (float& sample : stems[0].samples())
            sample *= 0.75F;
        for (float& sample : stems[1].samples())
            sample *= 0.125F;
        return stems;
    });
    return model;
}

StemOutput stemsInto(const fs::path& folder, const std::vector<std::string>& stems,
                     SampleEncoding encoding = SampleEncoding::Float,
                     AudioContainer container = AudioContainer::Wav) {
    StemOutput output{{}, container, encoding};
    for (const std::string& stem : stems)
        output.files.push_back({stem, folder / (stem + fileExtension(container))});
    return output;
}

StemOutput allInto(const fs::path& folder, SampleEncoding encoding = SampleEncoding::Float,
                   AudioContainer container = AudioContainer::Wav) {
    return stemsInto(folder, {"vocals", "drums", restName}, encoding, container);
}

const SeparationProgress ignore = [](std::int64_t, std::int64_t) {};

double loudestDifference(const AudioBuffer& a, const AudioBuffer& b, float gain, std::int64_t margin) {
    double loudest = 0;
    for (int c = 0; c < a.channels(); ++c) {
        for (std::int64_t i = margin; i < a.frames() - margin; ++i)
            loudest = std::max<double>(loudest, std::abs(a.channel(c)[i] - gain * b.channel(c)[i]));
    }
    return loudest;
}

bool isEmpty(const fs::path& folder) {
    return fs::is_empty(folder);
}

} // namespace

class TestSeparateFile : public QObject {
    Q_OBJECT
private:
    QTemporaryDir scratch_;
    fs::path folder_;

    fs::path written(const AudioBuffer& audio, int sampleRate, const char* name = "song.wav") {
        const fs::path path = fs::path(scratch_.path().toStdString()) / name;
        AudioSpec spec;
        spec.sampleRate = sampleRate;
        writeAudio(path, audio, spec);
        return path;
    }

private Q_SLOTS:
    void init() {
        folder_ = fs::path(scratch_.path().toStdString()) / QTest::currentTestFunction();
        fs::create_directory(folder_);
    }

    void stemsAndRestSumToTheInput_data() {
        QTest::addColumn<int>("frames");
        for (int frames : {1, 2, 3999, 4000, 4001, 30011})
            QTest::addRow("%d frames", frames) << frames;
    }
    void stemsAndRestSumToTheInput() {
        QFETCH(int, frames);
        const AudioBuffer audio = test::noise(2, frames, 7);
        const auto result = separateFile(gains(), written(audio, 44100), allInto(folder_), {}, ignore);
        QCOMPARE(result->frames, frames);
        QCOMPARE(result->paths.size(), 3);
        const AudioBuffer vocals = test::readAudio(folder_ / "vocals.wav");
        const AudioBuffer drums = test::readAudio(folder_ / "drums.wav");
        const AudioBuffer rest = test::readAudio(folder_ / "rest.wav");
        for (const AudioBuffer* stem : {&vocals, &drums, &rest})
            QCOMPARE(stem->frames(), frames);
        for (std::size_t i = 0; i < audio.samples().size(); ++i) {
            QCOMPARE(vocals.samples()[i], 0.75F * audio.samples()[i]); // bit-exact gain
            QCOMPARE(vocals.samples()[i] + drums.samples()[i] + rest.samples()[i], audio.samples()[i]);
        }
        QVERIFY(*result->nullTestDecibels < -140);
    }
    void nullTestMatchesTheWrittenFiles_data() {
        QTest::addColumn<int>("encoding");
        QTest::addColumn<int>("container");
        QTest::newRow("16-bit WAV") << int(SampleEncoding::Pcm16) << int(AudioContainer::Wav);
        QTest::newRow("24-bit FLAC") << int(SampleEncoding::Pcm24) << int(AudioContainer::Flac);
        QTest::newRow("float WAV") << int(SampleEncoding::Float) << int(AudioContainer::Wav);
    }
    void nullTestMatchesTheWrittenFiles() {
        QFETCH(int, encoding);
        QFETCH(int, container);
        const AudioBuffer audio = test::noise(2, 12345, 3, 0.9F);
        const auto result =
            separateFile(gains(), written(audio, 44100),
                         allInto(folder_, SampleEncoding(encoding), AudioContainer(container)), {}, ignore);
        double energy = 0;
        double residual = 0;
        std::vector<AudioBuffer> files;
        for (const fs::path& path : result->paths)
            files.push_back(test::readAudio(path));
        for (std::size_t i = 0; i < audio.samples().size(); ++i) {
            double difference = audio.samples()[i];
            for (const AudioBuffer& file : files)
                difference -= file.samples()[i];
            energy += double{audio.samples()[i]} * audio.samples()[i];
            residual += difference * difference;
        }
        const double expected =
            10 * std::log10(residual / energy); // -inf for float, where the gains are exact
        QVERIFY(*result->nullTestDecibels == expected ||
                std::abs(*result->nullTestDecibels - expected) < 1e-3);
        QVERIFY(*result->nullTestDecibels < (SampleEncoding(encoding) == SampleEncoding::Pcm16 ? -90 : -135));
    }
    void keepsRateAndChannels_data() {
        QTest::addColumn<int>("rate");
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("modelChannels");
        for (int rate : {8000, 44100, 48000, 96000}) {
            for (int channels : {1, 2}) {
                for (int modelChannels : {1, 2})
                    QTest::addRow("%d Hz, %d of %d channels", rate, channels, modelChannels)
                        << rate << channels << modelChannels;
            }
        }
    }
    void keepsRateAndChannels() {
        QFETCH(int, rate);
        QFETCH(int, channels);
        QFETCH(int, modelChannels);
        // Equal channels, so that a mono model can reproduce them.
        AudioBuffer audio = test::sine(channels, 33333, 1000, rate);
        if (channels == 2)
            std::ranges::copy(audio.channel(0), audio.channel(1).begin());
        const auto result =
            separateFile(gains(44100, modelChannels), written(audio, rate), allInto(folder_), {}, ignore);
        const AudioReader reader(folder_ / "vocals.wav");
        QCOMPARE(reader.info().sampleRate, rate);
        QCOMPARE(reader.info().channels, channels);
        QCOMPARE(reader.info().frames, audio.frames());
        QVERIFY(loudestDifference(test::readAudio(folder_ / "vocals.wav"), audio, 0.75F, 2000) < 1e-4);
        QVERIFY(*result->nullTestDecibels < -140);
    }
    void restAloneExcludesAllStems() {
        const AudioBuffer audio = test::noise(2, 5000, 7);
        const auto result =
            separateFile(gains(), written(audio, 44100), stemsInto(folder_, {restName}), {}, ignore);
        QVERIFY(!result->nullTestDecibels);
        const AudioBuffer rest = test::readAudio(folder_ / "rest.wav");
        for (std::size_t i = 0; i < rest.samples().size(); ++i)
            QCOMPARE(rest.samples()[i], 0.125F * audio.samples()[i]);
    }
    void reportsClipping() {
        AudioBuffer audio = test::noise(2, 5000, 7);
        audio.channel(0)[100] = 1.5F;
        SegmentModel louder = gains();
        const auto result =
            separateFile(louder, written(audio, 44100), allInto(folder_, SampleEncoding::Pcm24), {}, ignore);
        QCOMPARE(result->clippedSamples, 1);
    }
    void partEqualsTheWholeSong_data() {
        QTest::addColumn<int>("rate");
        QTest::addColumn<int>("batch");
        for (const int rate : {44100, 48000, 8000, 44101}) {
            for (const int batch : {1, 3})
                QTest::addRow("%d Hz, batches of %d", rate, batch) << rate << batch;
        }
    }
    /// With context that the part needs from outside: a moving average.
    void partEqualsTheWholeSong() {
        QFETCH(const int, rate);
        QFETCH(const int, batch);
        SegmentModel model = gains(44100);
        model.stems = {"smooth"};
        model.segmentFrames = 4410;
        model.alignment = 441;
        model.batchSize = batch;
        model.separate = test::oneByOne([](const AudioBuffer& segment) {
            constexpr std::int64_t radius = 300;
            AudioBuffer smooth(segment.channels(), segment.frames());
            for (int c = 0; c < segment.channels(); ++c) {
                for (std::int64_t i = 0; i < segment.frames(); ++i) {
                    for (std::int64_t k = i - radius; k <= i + radius; k += 50)
                        smooth.channel(c)[i] += k < 0 || k >= segment.frames() ? 0 : segment.channel(c)[k];
                }
            }
            return SegmentStems{smooth};
        });
        const AudioBuffer audio = test::noise(2, 3 * rate, 7, 0.05F);
        const fs::path input = written(audio, rate);
        const auto separated = [&](const FrameRange& range, const char* name) {
            fs::create_directory(folder_ / name);
            separateFile(model, input, stemsInto(folder_ / name, {"smooth", restName}), {}, ignore, range);
            return test::readAudio(folder_ / name / "smooth.wav");
        };
        const AudioBuffer whole = separated({}, "whole");
        const std::int64_t frames = audio.frames();
        for (const FrameRange range : {FrameRange{0, 1000},
                                       {1, frames - 1},
                                       {frames / 2, frames / 2 + 5000},
                                       {2 * frames / 3, frames},
                                       {frames - 1, frames}}) {
            const AudioBuffer part = separated(range, "part");
            QCOMPARE(part.frames(), range.end - range.first);
            const AudioBuffer expected = whole.part(range.first, part.frames());
            if (rate == model.sampleRate)
                QVERIFY(std::ranges::equal(part.samples(), expected.samples()));
            else
                QVERIFY2(loudestDifference(part, expected, 1, 0) < 2e-6,
                         qPrintable(QString::number(loudestDifference(part, expected, 1, 0))));
            const AudioBuffer rest = test::readAudio(folder_ / "part" / "rest.wav");
            for (std::int64_t i = 0; i < rest.frames(); ++i)
                QVERIFY(std::abs(rest.channel(0)[i] + part.channel(0)[i] -
                                 audio.channel(0)[range.first + i]) < 1e-6F);
            fs::remove_all(folder_ / "part");
        }
    }
    void refusesPartsOutsideOfTheSong() {
        const fs::path input = written(test::noise(2, 9000, 1), 44100);
        for (const FrameRange range : {FrameRange{9000, 9001}, {-1, 5}, {5, 5}})
            QVERIFY_THROWS_EXCEPTION(Error,
                                     separateFile(gains(), input, allInto(folder_), {}, ignore, range));
        QVERIFY(isEmpty(folder_));
    }
    void keepsTags_data() {
        QTest::addColumn<int>("container");
        QTest::newRow("WAV") << int(AudioContainer::Wav);
        QTest::newRow("FLAC") << int(AudioContainer::Flac);
        QTest::newRow("MP3") << int(AudioContainer::Mp3);
    }
    void keepsTags() {
        QFETCH(const int, container);
        const auto format = AudioContainer(container);
        AudioSpec spec;
        spec.tags = {{AudioTag::Title, "노래"}, {AudioTag::Artist, "é"},      {AudioTag::Album, "앨범"},
                     {AudioTag::Date, "1999"},  {AudioTag::Genre, "Pop"},     {AudioTag::TrackNumber, "7"},
                     {AudioTag::Comment, "말"}, {AudioTag::Copyright, "없음"}};
        const fs::path input = folder_ / "tagged.wav";
        writeAudio(input, test::noise(2, 20000, 1), spec);
        QCOMPARE(AudioReader(input).info().tags, spec.tags);
        separateFile(gains(), input, allInto(folder_, bestEncoding(format), format), {}, ignore);
        for (const char* stem : {"vocals", "rest"}) {
            const fs::path file = folder_ / (stem + fileExtension(format));
            QCOMPARE(AudioReader(file).info().tags, spec.tags);
            QCOMPARE(AudioReader(file).info().frames, 20000);
        }
    }
    void mp3HasNoNullTest() {
        const AudioBuffer audio = test::sine(2, 50000, 1000);
        const auto result =
            separateFile(gains(), written(audio, 44100),
                         allInto(folder_, SampleEncoding::MpegLayer3, AudioContainer::Mp3), {}, ignore);
        QVERIFY(!result->nullTestDecibels);
        QVERIFY(loudestDifference(test::readAudio(folder_ / "vocals.mp3"), audio, 0.75F, 3000) < 1e-3);
        QVERIFY(loudestDifference(test::readAudio(folder_ / "rest.mp3"), audio, 0.125F, 3000) < 1e-3);
    }
    void stopLeavesNoFiles() {
        std::stop_source stop;
        SegmentModel model = gains();
        const auto plain = model.separate;
        model.separate = [&](std::span<const AudioBuffer> segments) {
            stop.request_stop();
            return plain(segments);
        };
        const auto result = separateFile(model, written(test::noise(2, 50000, 1), 44100), allInto(folder_),
                                         stop.get_token(), ignore);
        QVERIFY(!result);
        QVERIFY(isEmpty(folder_));
    }
    void errorLeavesNoFiles() {
        SegmentModel model = gains();
        model.separate = test::oneByOne([](const AudioBuffer& segment) {
            SegmentStems stems(2, segment);
            stems[1].channel(0)[0] = NAN;
            return stems;
        });
        const fs::path input = written(test::noise(2, 9000, 1), 44100);
        QVERIFY_THROWS_EXCEPTION(Error, separateFile(model, input, allInto(folder_), {}, ignore));
        QVERIFY(isEmpty(folder_));
    }
    void reportsFilesWithNonFiniteSamples() {
        // The first is at 0.25 s. The second is in another block, but counted too.
        AudioBuffer audio = test::noise(2, 40000, 1);
        audio.channel(0)[12000] = NAN;
        audio.channel(1)[39999] = NAN;
        const fs::path input = written(audio, 48000);
        const std::string message =
            test::errorOf([&] { separateFile(gains(), input, allInto(folder_), {}, ignore); });
        QVERIFY2(message.starts_with(input.string() + ": 2 samples from 0.250 s on are not numbers"),
                 message.c_str());
        QVERIFY(isEmpty(folder_));
    }
    void rejectsStemsWithEqualFiles() {
        const fs::path input = written(test::noise(2, 9000, 1), 44100);
        StemOutput output = allInto(folder_);
        output.files[1].path = output.files[0].path;
        QVERIFY_THROWS_EXCEPTION(Error, separateFile(gains(), input, output, {}, ignore));
        for (const std::vector<std::string>& stems :
             {std::vector<std::string>{"vocals", "vocals"}, {restName, restName}})
            QVERIFY_THROWS_EXCEPTION(Error,
                                     separateFile(gains(), input, stemsInto(folder_, stems), {}, ignore));
        QVERIFY(isEmpty(folder_));
    }
    void rejectsInvalidRequests() {
        const fs::path input = written(test::noise(2, 9000, 1), 44100);
        StemOutput output = stemsInto(folder_, {"bass"});
        QVERIFY_THROWS_EXCEPTION(Error, separateFile(gains(), input, output, {}, ignore));
        output = allInto(folder_, SampleEncoding::Float, AudioContainer::Flac);
        QVERIFY_THROWS_EXCEPTION(Error, separateFile(gains(), input, output, {}, ignore));
        output = allInto(folder_ / "missing");
        QVERIFY_THROWS_EXCEPTION(Error, separateFile(gains(), input, output, {}, ignore));
        output = allInto(folder_, SampleEncoding::Pcm16, AudioContainer::Mp3);
        QVERIFY_THROWS_EXCEPTION(Error, separateFile(gains(), input, output, {}, ignore));
        const fs::path surround = written(test::noise(6, 100, 1), 44100, "surround.wav");
        QVERIFY_THROWS_EXCEPTION(Error, separateFile(gains(), surround, allInto(folder_), {}, ignore));
        QVERIFY(isEmpty(folder_));
    }
};

HEADROOM_TEST_MAIN(TestSeparateFile)
#include "tst_separate_file.moc"
