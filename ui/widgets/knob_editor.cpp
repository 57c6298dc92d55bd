#include "ui/widgets/knob_editor.h"

#include "ui/widgets/choice_editor.h"
#include "ui/widgets/number_editor.h"
#include "ui/widgets/switch_editor.h"
#include "ui/widgets/text_editor.h"

namespace headroom::ui {

KnobEditor* KnobEditor::create(ConfigModel& model, const Knob& knob, const Theme& theme, QWidget* parent) {
    switch (knob.type) {
    case KnobType::Integer:
    case KnobType::Real:
        return new NumberEditor(model, knob, theme, parent);
    case KnobType::Boolean:
        return new SwitchEditor(model, knob, parent);
    case KnobType::Choice:
        return new ChoiceEditor(model, knob, theme, parent);
    case KnobType::Text:
    case KnobType::IntegerList:
    case KnobType::TextList:
    case KnobType::Validation:
        break;
    }
    return new TextEditor(model, knob, parent);
}

} // namespace headroom::ui
