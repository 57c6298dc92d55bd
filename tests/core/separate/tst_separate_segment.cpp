// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/model_kind.h"
#include "core/model/band_split_model.h"
#include "core/separate/separate_segment.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <vector>

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
        const auto stems = separateSegments(model, std::vector{segment}).front();
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
            const auto stems = separateSegments(model, std::vector{test::noise(2, frames, 7)});
            QCOMPARE(stems.front().front().frames(), frames);
        }
    }

    void batchEqualsSingleSegments_data() {
        QTest::addColumn<int>("kind");
        for (const ModelKind kind : {ModelKind::BsMamba2, ModelKind::BsRoformer, ModelKind::MelBandRoformer})
            QTest::newRow(modelKindName(kind).c_str()) << static_cast<int>(kind);
    }
    /// Only the order of sums may depend on the batch.
    void batchEqualsSingleSegments() {
        QFETCH(const int, kind);
        RunConfig config;
        changeModelKind(config, static_cast<ModelKind>(kind));
        config.audio.hopLength = 512;
        config.model.hiddenDim = 32;
        config.model.numLayers = 2;
        config.data.targets = {"drums", "vocals"};
        if (config.model.kind == ModelKind::BsMamba2) {
            config.model.dState = 16;
        } else {
            config.model.heads = 2;
            config.model.dimHead = 16;
        }
        const BandSplitModel model(modelShape(config), at::kCPU, at::kFloat, 1);
        std::vector<AudioBuffer> segments;
        for (std::uint64_t seed = 0; seed < 3; ++seed)
            segments.push_back(test::noise(2, 22050, seed));
        const auto together = separateSegments(model, segments);
        QCOMPARE(together.size(), segments.size());
        for (std::size_t i = 0; i < segments.size(); ++i) {
            const auto alone = separateSegments(model, std::vector{segments[i]}).front();
            for (std::size_t s = 0; s < alone.size(); ++s) {
                for (std::size_t k = 0; k < alone[s].samples().size(); ++k)
                    QVERIFY(std::abs(alone[s].samples()[k] - together[i][s].samples()[k]) < 1e-6F);
            }
        }
    }

    void segmentModelMatchesTheConfiguration() {
        RunConfig config;
        config.audio.sampleRate = 8000;
        config.audio.channels = 1;
        config.data.targets = {"drums", "vocals"};
        config.separation.overlap = 0.25;
        config.separation.chunkSeconds = 1.5;
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
