#include "core/config/config_difference.h"
#include "core/config/knob_table.h"
#include "core/config/knob_value.h"
#include "core/support/error.h"
#include "tests/support/strict_main.h"

#include <QFile>

#include <algorithm>
#include <set>
#include <type_traits>
#include <utility>

using namespace headroom;

namespace {

struct Anything {
    template <typename Field>
    operator Field() const; // only ever named, to ask whether it would do
};

template <typename Section, std::size_t... Index>
constexpr bool takes(std::index_sequence<Index...>) {
    return requires {
        Section{(static_cast<void>(Index), Anything{})...};
    };
}

/// The number of fields of a plain struct.
template <typename Section, std::size_t Count = 40>
constexpr std::size_t fieldCount() {
    if constexpr (takes<Section>(std::make_index_sequence<Count>()))
        return Count;
    else
        return fieldCount<Section, Count - 1>();
}

std::size_t knobsOf(const std::string& section) {
    const auto& table = knobTable();
    return static_cast<std::size_t>(std::count_if(
        table.begin(), table.end(), [&](const Knob& knob) { return knob.section() == section; }));
}

} // namespace

class TestKnobTable : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFieldHasItsKnob() {
        QCOMPARE(knobsOf("audio"), fieldCount<AudioConfig>());
        QCOMPARE(knobsOf("model"), fieldCount<ModelConfig>());
        QCOMPARE(knobsOf("training"), fieldCount<TrainingConfig>());
        QCOMPARE(knobsOf("loss"), fieldCount<LossConfig>());
        QCOMPARE(knobsOf("data"), fieldCount<DataConfig>());
        QCOMPARE(knobsOf("separation"), fieldCount<SeparationConfig>());
        QCOMPARE(fieldCount<RunConfig>(), std::size_t{6});
    }
    void everyKnobIsCompleteAndKeepsItsDefault() {
        std::set<std::string> keys;
        for (const Knob& knob : knobTable()) {
            QVERIFY2(keys.insert(knob.key).second, knob.key.c_str());
            QVERIFY2(!knob.description.empty() && knob.description.back() != '.', knob.key.c_str());
            const std::string text = formatKnobValue(knob.defaultValue());
            QVERIFY2(parseKnobValue(knob, knob.type == KnobType::Text ? "" : text) ==
                         (knob.type == KnobType::Text ? KnobValue(std::string()) : knob.defaultValue()),
                     knob.key.c_str());
            const bool number = knob.type == KnobType::Integer || knob.type == KnobType::Real ||
                                knob.type == KnobType::IntegerList;
            QVERIFY2(!number || (knob.min < knob.max && knob.step > 0), knob.key.c_str());
        }
    }
    void eachKnobSetsItsOwnField() {
        // Two knobs tied to one field, or a knob that reads another field than it writes, would show here.
        for (const Knob& knob : knobTable()) {
            RunConfig config;
            KnobValue other = knob.defaultValue();
            if (auto* number = std::get_if<std::int64_t>(&other))
                *number += *number < static_cast<std::int64_t>(knob.max) ? 1 : -1;
            else if (auto* real = std::get_if<double>(&other))
                *real = *real < knob.max ? knob.max : knob.min;
            else if (auto* flag = std::get_if<bool>(&other))
                *flag = !*flag;
            else if (auto* list = std::get_if<std::vector<int>>(&other))
                list->push_back(512);
            else if (auto* names = std::get_if<std::vector<std::string>>(&other))
                names->push_back("bass");
            else if (knob.type == KnobType::Validation)
                other = 0.5;
            else if (knob.type == KnobType::Choice)
                other = knob.choices.front() == std::get<std::string>(other) ? knob.choices.back()
                                                                             : knob.choices.front();
            else
                other = "elsewhere";
            knob.set(config, other);
            const auto changed = differences(RunConfig{}, config);
            QCOMPARE(changed.size(), std::size_t{1});
            QCOMPARE(changed[0].knob->key, knob.key);
            QVERIFY(knob.get(config) == other);
            QVERIFY(!(config == RunConfig{}));
        }
    }
    void theLiveKnobsAreThese() {
        std::vector<std::string> live;
        for (const Knob& knob : knobTable()) {
            if (knob.takesEffect == TakesEffect::NextStep)
                live.push_back(knob.key);
        }
        const std::vector<std::string> expected = {"audio.segment_length",
                                                   "model.use_gradient_checkpointing",
                                                   "model.recompute_layers",
                                                   "model.recompute_slices",
                                                   "model.offload",
                                                   "training.batch_size",
                                                   "training.gradient_accumulation_steps",
                                                   "training.learning_rate",
                                                   "training.save_every_n_epochs",
                                                   "training.save_every_n_minutes",
                                                   "training.keep_last_n_checkpoints",
                                                   "training.validate_every_n_epochs"};
        QCOMPARE(live, expected);
    }
    void differencesTellWhatNeedsANewRun() {
        RunConfig after;
        after.training.batchSize = 2;
        after.model.hiddenDim = 128;
        const auto changed = differences(RunConfig{}, after);
        QCOMPARE(changed.size(), std::size_t{2});
        QCOMPARE(changed[0].text(), std::string("model.hidden_dim: 256 -> 128"));
        QVERIFY(changed[0].needsNewRun());
        QCOMPARE(changed[1].text(), std::string("training.batch_size: 5 -> 2"));
        QVERIFY(!changed[1].needsNewRun());
    }
    void theReferenceIsUpToDate() {
        QFile file(QStringLiteral(HEADROOM_SOURCE_DIR "/configs/README.md"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(file.readAll() == QByteArray::fromStdString(knobReference()),
                 "configs/README.md differs from the knob table; write it anew with\n"
                 "    headroom knobs > configs/README.md");
    }
};

HEADROOM_TEST_MAIN(TestKnobTable)
#include "tst_knob_table.moc"
