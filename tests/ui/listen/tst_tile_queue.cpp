// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/scripted_listening.h"
#include "tests/support/strict_ui_main.h"
#include "ui/bridge/listen_bridge.h"
#include "ui/listen/audio_picture.h"
#include "ui/listen/tile_queue.h"

using namespace headroom;
using namespace headroom::ui;

namespace {

struct Fixture {
    test::ScriptedListening* listening = nullptr;
    std::unique_ptr<ListenBridge> bridge;
    std::unique_ptr<TileQueue> queue;

    Fixture() {
        auto service = std::make_unique<test::ScriptedListening>();
        listening = service.get();
        bridge =
            std::make_unique<ListenBridge>(std::move(service), std::make_unique<test::ScriptedSeparation>());
        queue = std::make_unique<TileQueue>(*bridge);
    }
    static AudioSum audio(std::int64_t frames) {
        PlaybackAudio whole;
        whole.append(test::constantBlock(0.5F, frames));
        return {{{whole, 1}}};
    }
};

} // namespace

class TestTileQueue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void drawsFromLeftToRight() {
        Fixture f;
        for (const std::int64_t begin : {3000, 0, 2000}) {
            TileRequest request;
            request.begin = begin;
            f.queue->request(f.queue.get(), request, [](const SpectrogramTile&) {});
        }
        QTRY_COMPARE(f.listening->drawn.size(), std::size_t{3});
        QCOMPARE(f.listening->drawn[0].begin, std::int64_t{0});
        QCOMPARE(f.listening->drawn[1].begin, std::int64_t{2000});
        QCOMPARE(f.listening->drawn[2].begin, std::int64_t{3000});
    }

    void audioThatHasGrownReplacesItsRequest() {
        Fixture f;
        AudioPicture picture(*f.bridge, *f.queue);
        picture.setAudio(1, Fixture::audio(1000), 1000);
        QVERIFY(picture.tile(FrequencyScale::Mel, 512, 0) == nullptr);
        picture.setAudio(1, Fixture::audio(5000), 1000);
        QVERIFY(picture.tile(FrequencyScale::Mel, 512, 0) == nullptr);
        QTRY_VERIFY(picture.tile(FrequencyScale::Mel, 512, 0) != nullptr);
        QCOMPARE(f.listening->drawn.size(), std::size_t{1});
        QCOMPARE(f.listening->drawn[0].audio.frames(), std::int64_t{5000});
    }
};

HEADROOM_UI_TEST_MAIN(TestTileQueue)
#include "tst_tile_queue.moc"
