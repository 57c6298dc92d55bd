// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QTranslator>

namespace headroom::app {

/// The texts of the window in the language of the user, as long as this object exists. Construct it after
/// QApplication.
class Translations {
public:
    /// @param language "en" or "ko"; empty: that of the preferences, or of the system
    explicit Translations(QString language);

private:
    QTranslator window_;
    QTranslator options_;
    QTranslator qt_; ///< of Qt's own buttons and dialogs
};

} // namespace headroom::app
