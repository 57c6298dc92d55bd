// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/configuration/option_editor.h"

#include "ui/configuration/choice_editor.h"
#include "ui/configuration/number_editor.h"
#include "ui/configuration/switch_editor.h"
#include "ui/configuration/text_editor.h"

namespace headroom::ui {

OptionEditor* OptionEditor::create(ConfigModel& model, const Option& option, const Theme& theme,
                                   QWidget* parent) {
    switch (option.type) {
    case OptionType::Integer:
    case OptionType::Real:
        return new NumberEditor(model, option, theme, parent);
    case OptionType::Boolean:
        return new SwitchEditor(model, option, parent);
    case OptionType::Choice:
        return new ChoiceEditor(model, option, theme, parent);
    case OptionType::Text:
    case OptionType::IntegerList:
    case OptionType::TextList:
    case OptionType::Validation:
        break;
    }
    return new TextEditor(model, option, parent);
}

} // namespace headroom::ui
