// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The precompiled headers of the engine's tests need a target to belong to; there is nothing else in it.
