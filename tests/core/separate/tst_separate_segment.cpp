// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/band_split_model.h"
#include "core/separate/separate_segment.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>

using namespace headroom;

namespace {

ModelShape tinyShape() {
    ModelShape shape;
    shape.hiddenDim = 16;
    shape.numLayers = 1;
    shape.dState = 16;
    shape.stems = 2;
    shape.nFft = 64;
    shape.hopLength = 16;
    shape.bands = {8, 8, 17};
    return shape;
}

} // namespace

class TestSeparateSegment : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void returnsTheModelsOutput() {
        const BandSplitModel model(tinyShape(), at::kCPU, at::kFloat, 1);
        const AudioBuffer segment = test::noise(2, 1001, 7);
        const auto stems = separateSegment(model, segment);
        QCOMPARE(stems.size(), std::size_t(2));

        const at::NoGradGuard guard;
        const at::Tensor mixture = at::tensor(segment.samples()).reshape({1, 2, 1001});
        const at::Tensor expected = model.forward(mixture)[0].contiguous();
        for (std::size_t s = 0; s < 2; ++s) {
            QCOMPARE(stems[s].channels(), 2);
            QCOMPARE(stems[s].frames(), std::int64_t(1001));
            QVERIFY(std::equal(stems[s].samples().begin(), stems[s].samples().end(),
                               expected[static_cast<std::int64_t>(s)].data_ptr<float>()));
        }
    }

    void padsSegmentsShorterThanTheStft() {
        const BandSplitModel model(tinyShape(), at::kCPU, at::kFloat, 1);
        for (const std::int64_t frames : {1, 31, 32, 33}) {
            const auto stems = separateSegment(model, test::noise(2, frames, 7));
            QCOMPARE(stems.front().frames(), frames);
        }
    }

    void segmentModelMatchesTheConfiguration() {
        RunConfig config;
        config.audio.sampleRate = 8000;
        config.audio.channels = 1;
        config.data.targets = {"drums", "vocals"};
        config.separation = {.overlap = 0.25, .chunkSeconds = 1.5};
        const SegmentModel model = makeSegmentModel(config);
        QCOMPARE(model.sampleRate, 8000);
        QCOMPARE(model.channels, 1);
        QCOMPARE(model.stems, config.data.targets);
        QCOMPARE(model.segmentFrames, std::int64_t(12000));
        QCOMPARE(model.overlap, 0.25);
    }
};

HEADROOM_TEST_MAIN(TestSeparateSegment)
#include "tst_separate_segment.moc"
