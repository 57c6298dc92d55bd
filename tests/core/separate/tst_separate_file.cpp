// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"
#include "core/separate/separate_file.h"
#include "core/separate/stem_files.h"
#include "core/separate/stream_separator.h"
#include "core/support/error.h"
#include "tests/support/bad_files.h"
#include "tests/support/read_audio.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <QTemporaryDir>

#include <algorithm>
#include <cmath>
#include <fstream>

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
    model.separate = [](const AudioBuffer& segment) {
        std::vector<AudioBuffer> stems(2, segment);
        for (float& sample : stems[0].samples())
            sample *= 0.75F;
        for (float& sample : stems[1].samples())
            sample *= 0.125F;
        return stems;
    };
    return model;
}

StemOutput allInto(const fs::path& folder, SampleEncoding encoding = SampleEncoding::Float,
                   AudioContainer container = AudioContainer::Wav) {
    return {folder, {"vocals", "drums", restName}, container, encoding};
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
        const StemOutput output{folder_, {restName}, AudioContainer::Wav, SampleEncoding::Float};
        const auto result = separateFile(gains(), written(audio, 44100), output, {}, ignore);
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
    void resultDoesNotDependOnBlockSize() {
        const AudioBuffer audio = test::noise(2, 20000, 7);
        std::vector<std::vector<float>> results;
        for (std::int64_t block : {999, 7000, 20000}) {
            StreamSeparator separator(gains(48000), 44100, 2, "audio");
            std::vector<float> left;
            const auto append = [&left](const std::vector<AudioBuffer>& stems) {
                left.insert(left.end(), stems[0].channel(0).begin(), stems[0].channel(0).end());
            };
            for (std::int64_t begin = 0; begin < audio.frames(); begin += block) {
                AudioBuffer part(2, std::min(block, audio.frames() - begin));
                for (int c = 0; c < 2; ++c)
                    std::ranges::copy(audio.channel(c).subspan(begin, part.frames()),
                                      part.channel(c).begin());
                append(separator.process(part));
            }
            append(separator.finish());
            QCOMPARE(std::ssize(left), audio.frames());
            results.push_back(left);
        }
        QCOMPARE(results[0], results[1]);
        QCOMPARE(results[0], results[2]);
    }
    void stopLeavesNoFiles() {
        std::stop_source stop;
        SegmentModel model = gains();
        const auto plain = model.separate;
        model.separate = [&](const AudioBuffer& segment) {
            stop.request_stop();
            return plain(segment);
        };
        const auto result = separateFile(model, written(test::noise(2, 50000, 1), 44100), allInto(folder_),
                                         stop.get_token(), ignore);
        QVERIFY(!result);
        QVERIFY(isEmpty(folder_));
    }
    void errorLeavesNoFiles() {
        SegmentModel model = gains();
        model.separate = [](const AudioBuffer& segment) {
            std::vector<AudioBuffer> stems(2, segment);
            stems[1].channel(0)[0] = NAN;
            return stems;
        };
        const fs::path input = written(test::noise(2, 9000, 1), 44100);
        QVERIFY_EXCEPTION_THROWN(separateFile(model, input, allInto(folder_), {}, ignore), Error);
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
    void stemNamesCannotEscapeTheFolder() {
        SegmentModel model = gains();
        model.stems = {"../../outside", "/absolute"};
        const fs::path input = written(test::noise(2, 9000, 1), 44100);
        StemOutput output = allInto(folder_);
        output.stems = {"../../outside", "/absolute", restName};
        const auto result = separateFile(model, input, output, {}, ignore);
        QVERIFY(result);
        for (const fs::path& path : result->paths)
            QCOMPARE(path.parent_path(), folder_);
        QVERIFY(fs::exists(folder_ / "_absolute.wav") && fs::exists(folder_ / "___.._outside.wav"));
    }
    void rejectsStemsWithEqualFileNames() {
        SegmentModel model = gains();
        model.stems = {"a/b", "a_b"};
        const fs::path input = written(test::noise(2, 9000, 1), 44100);
        StemOutput output = allInto(folder_);
        for (const std::vector<std::string>& stems :
             {std::vector<std::string>{"a/b", "a_b"}, {"a_b", "a_b"}, {restName, restName}}) {
            output.stems = stems;
            QVERIFY_EXCEPTION_THROWN(separateFile(model, input, output, {}, ignore), Error);
        }
        QVERIFY(isEmpty(folder_));
    }
    void rejectsInvalidRequests() {
        const fs::path input = written(test::noise(2, 9000, 1), 44100);
        StemOutput output = allInto(folder_);
        output.stems = {"bass"};
        QVERIFY_EXCEPTION_THROWN(separateFile(gains(), input, output, {}, ignore), Error);
        output = allInto(folder_, SampleEncoding::Float, AudioContainer::Flac);
        QVERIFY_EXCEPTION_THROWN(separateFile(gains(), input, output, {}, ignore), Error);
        output = allInto(folder_ / "missing");
        QVERIFY_EXCEPTION_THROWN(separateFile(gains(), input, output, {}, ignore), Error);
        const fs::path surround = written(test::noise(6, 100, 1), 44100, "surround.wav");
        QVERIFY_EXCEPTION_THROWN(separateFile(gains(), surround, allInto(folder_), {}, ignore), Error);
        QVERIFY(isEmpty(folder_));
    }
};

HEADROOM_TEST_MAIN(TestSeparateFile)
#include "tst_separate_file.moc"
