// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"
#include "core/engine/open_model.h"
#include "core/engine/services.h"
#include "core/engine/stereo_samples.h"
#include "core/separate/separate_song.h"
#include "tests/core/engine/tiny_weights.h"
#include "tests/support/answers.h"
#include "tests/support/bad_files.h"
#include "tests/support/read_audio.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <QTemporaryDir>

using namespace headroom;
namespace fs = std::filesystem;

namespace {

std::uint64_t numberOf(const SeparationEvent& event) {
    return std::visit([](const auto& one) { return one.number; }, event);
}

template <typename End>
bool ended(const SeparationEvent& event) {
    return std::holds_alternative<End>(event);
}

bool anyEnd(const SeparationEvent& event) {
    return ended<SeparationDone>(event) || ended<SeparationCanceled>(event) || ended<SeparationFailed>(event);
}

/// The blocks of one stem, joined.
PlaybackAudio stemOf(const std::vector<SeparationEvent>& events, std::size_t stem) {
    PlaybackAudio audio;
    for (const SeparationEvent& event : events) {
        if (const auto* blocks = std::get_if<StemBlocks>(&event))
            audio.append(blocks->stems.at(stem));
    }
    return audio;
}

} // namespace

class TestSeparationWorker : public QObject {
    Q_OBJECT
private:
    QTemporaryDir scratch_;
    fs::path root() const { return scratch_.path().toStdString(); }

    ModelSource model() const {
        ModelSource source;
        source.weights = (root() / "weights.safetensors").string();
        source.device = "cpu";
        return source;
    }

    SongSeparation song(std::uint64_t number, const AudioBuffer& mixture) const {
        SongSeparation request{number, model(), {}, 8000};
        request.mixture.append(audioBlock(mixture));
        return request;
    }

private Q_SLOTS:
    void initTestCase() { test::writeTinyWeights(root() / "weights.safetensors"); }

    void emitsStemsInOrder() {
        const AudioBuffer mixture = test::noise(2, 33333, 1);
        test::Answers<SeparationEvent> answers;
        const auto service = makeSeparationService();
        service->separate(song(7, mixture), answers.sink());
        const auto events = answers.awaitUntil(anyEnd);
        QVERIFY(ended<SeparationDone>(events.back()));
        QCOMPARE(std::get<SeparationStarted>(events.front()).stems, std::vector<std::string>{"vocals"});
        for (const SeparationEvent& event : events)
            QCOMPARE(numberOf(event), std::uint64_t{7});
        QVERIFY(events.size() > 10); // blocks are emitted long before the end

        const auto expected = separateSong(openModel(model()).segmentModel, mixture);
        const PlaybackAudio vocals = stemOf(events, 0);
        QCOMPARE(vocals.frames(), mixture.frames());
        const AudioBuffer got = planarAudio(AudioSum{{{vocals, 1}}}.read(0, vocals.frames()));
        for (std::size_t i = 0; i < got.samples().size(); ++i)
            QVERIFY(std::abs(got.samples()[i] - expected->front().samples()[i]) < 1e-5F);
    }

    void cancelLetsNextSongStart() {
        test::Answers<SeparationEvent> first;
        test::Answers<SeparationEvent> second;
        const auto service = makeSeparationService();
        service->separate(song(1, test::noise(2, 8000 * 600, 1)), first.sink());
        service->separate(song(2, test::noise(2, 4000, 1)), second.sink());
        first.awaitUntil([](const SeparationEvent& event) { return ended<StemBlocks>(event); });
        service->cancel(1);
        QVERIFY(ended<SeparationCanceled>(first.awaitUntil(anyEnd).back()));
        QVERIFY(ended<SeparationDone>(second.awaitUntil(anyEnd).back()));
    }

    void reportsCancellationBeforeStart() {
        test::Answers<SeparationEvent> first;
        test::Answers<SeparationEvent> second;
        const auto service = makeSeparationService();
        service->separate(song(1, test::noise(2, 8000 * 600, 1)), first.sink());
        service->separate(song(2, test::noise(2, 4000, 1)), second.sink());
        service->cancel(2);
        service->cancel(1);
        const auto events = second.awaitUntil(anyEnd);
        QCOMPARE(events.size(), std::size_t{1});
        QVERIFY(ended<SeparationCanceled>(events.back()));
    }

    void destructionIsPrompt() {
        test::Answers<SeparationEvent> answers;
        {
            const auto service = makeSeparationService();
            service->separate(song(1, test::noise(2, 8000 * 600, 1)), answers.sink());
            answers.awaitUntil([](const SeparationEvent& event) { return ended<StemBlocks>(event); });
        }
        QVERIFY(stemOf(answers.soFar(), 0).frames() < 8000 * 600);
    }

    void reportsFailure() {
        test::Answers<SeparationEvent> answers;
        const auto service = makeSeparationService();
        SongSeparation request = song(1, test::noise(2, 4000, 1));
        request.model.weights = "/nowhere/weights.safetensors";
        service->separate(request, answers.sink());
        const auto events = answers.awaitUntil(anyEnd);
        QCOMPARE(std::get<SeparationFailed>(events.back()).error.where(),
                 std::string("/nowhere/weights.safetensors"));
    }

    void oneCoreGivesSameResult() {
        const AudioBuffer mixture = test::noise(2, 8000, 1);
        std::vector<PlaybackAudio> stems;
        for (const bool singleCore : {false, true}) {
            test::Answers<SeparationEvent> answers;
            const auto service = makeSeparationService();
            service->setSingleCore(singleCore);
            service->separate(song(1, mixture), answers.sink());
            stems.push_back(stemOf(answers.awaitUntil(anyEnd), 0));
        }
        const AudioSum difference{{{stems[0], 1}, {stems[1], -1}}};
        QCOMPARE(difference.frames(), mixture.frames());
        for (const float sample : difference.read(0, difference.frames()))
            QVERIFY(std::abs(sample) < 1e-5F);
    }

    void exportsStemsThatSumToTheInput() {
        AudioSpec spec;
        spec.sampleRate = 8000;
        writeAudio(root() / "song.wav", test::noise(2, 12345, 1), spec);
        SeparationRequest request;
        request.model = model();
        request.inputs = {(root() / "song.wav").string()};
        request.outputFolder = (root() / "out").string();
        test::removeLength(root() / "song.wav");
        test::Answers<SeparationEvent> answers;
        const auto service = makeSeparationService();
        service->exportStems(3, request, answers.sink());
        const auto events = answers.awaitUntil(anyEnd);
        const SeparatedSong song = std::get<SeparationDone>(events.back()).summary.songs.at(0);
        QVERIFY(*song.nullTestDecibels < -120);
        QCOMPARE(std::get<SeparationDone>(events.back()).summary.notices.back(),
                 (root() / "song.wav").string() +
                     ": its header has no length; all 1.5 s found in the file are used");
        QCOMPARE(test::readAudio(root() / "out" / "song" / "vocals.wav").frames(), std::int64_t{12345});
        const auto progress = std::get<ExportProgress>(events.at(events.size() - 2));
        QCOMPARE(progress.state.secondsDone, progress.state.seconds);
    }
};

HEADROOM_TEST_MAIN(TestSeparationWorker)
#include "tst_separation_worker.moc"
